/**
 * Podhop as tools for assistants: the Model Context Protocol over standard input and output.
 *
 * <p>A tool is a verb: its arguments become a command line, its answer is what the command prints.
 * Only verbs that read are offered, and of them no option that writes.
 */
@NullMarked
package dev.podhop.cli.mcp;

import org.jspecify.annotations.NullMarked;
