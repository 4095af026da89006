/** Markdown for a report's folder: tables that a repository's web page shows as such. */
@NullMarked
package dev.podhop.reports.markdown;

import org.jspecify.annotations.NullMarked;
