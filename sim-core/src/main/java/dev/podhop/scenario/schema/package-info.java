/**
 * What an editor and a reader need to know of a Scenario document: its JSON Schema and its
 * reference page, both made from the records and their forms.
 *
 * <pre>
 *   records with Key, forms --+--ScenarioSchema----&gt; docs/scenario.schema.json
 *                             +--ScenarioReference-&gt; docs/scenario-reference.md
 * </pre>
 *
 * <p>The schema says what a single value may be; what only the whole file knows (references, unique
 * names) is the loader's. Validated by holding the files of the lab, and the bad documents, against
 * the schema, and the shipped files against what is made here.
 */
@NullMarked
package dev.podhop.scenario.schema;

import org.jspecify.annotations.NullMarked;
