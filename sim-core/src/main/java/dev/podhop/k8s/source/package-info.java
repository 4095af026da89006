/**
 * Reads what a user wrote, and remembers where: YAML and JSON as trees whose every node and key
 * knows its file, line and column, and the problems found in them, collected so that all of a
 * file's are told at once.
 *
 * <pre>
 *   file --(UTF-8)--> text --(split at ---)--> documents --(events)--> YamlNode trees
 *                        \________________________\__________________\--> Problems
 * </pre>
 *
 * <p>Models how kubectl reads manifests: plain scalars mean what go-yaml v2 (below
 * sigs.k8s.io/yaml) takes them for, so {@code yes} is a boolean and {@code 010} is eight. Leaves
 * out: tags other than the core schema's, binary scalars, and timestamps, which kubectl hands on as
 * strings too. Validated by tables of scalars and of malformed files in the tests, and by loading
 * every file of the lab.
 */
@NullMarked
package dev.podhop.k8s.source;

import org.jspecify.annotations.NullMarked;
