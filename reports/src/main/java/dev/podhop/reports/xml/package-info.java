/** Results as XML, for what runs tests. */
@NullMarked
package dev.podhop.reports.xml;

import org.jspecify.annotations.NullMarked;
