package dev.podhop.k8s.source;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says what is wrong with a text that is no YAML, in words that help where the parser's own do not.
 */
final class SyntaxMessages {

    private SyntaxMessages() {}

    static String of(MarkedYamlEngineException mistake) {
        String problem = mistake.getProblem();
        if (problem.contains("\\t(TAB)")) {
            return "found a tab, expected spaces: YAML does not allow tabs for indentation";
        }
        if (problem.startsWith("mapping values are not allowed here")) {
            return "found \": \" where no key can stand, expected one key a line, indented like its"
                    + " neighbours, and quotes around a text with a colon";
        }
        if (problem.startsWith("could not find expected ':'")) {
            return "found a line without \": \", expected a key with a colon and a value";
        }
        String context = mistake.getContext();
        if (problem.startsWith("expected <block end>, but found") && context != null) {
            boolean list = context.contains("collection") || context.contains("sequence");
            return "found a line that is indented as none of those it belongs to, expected the"
                    + " column of its neighbours: "
                    + (list ? "a list's dashes" : "a mapping's keys")
                    + " stand one below the other";
        }
        return "not YAML: " + (context == null ? "" : context + ", ") + problem;
    }
}
