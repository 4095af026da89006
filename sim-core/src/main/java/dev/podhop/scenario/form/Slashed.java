package dev.podhop.scenario.form;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A text such as {@code pod/NS/NAME}, taken apart. */
public record Slashed(String text, List<String> parts) {

    public static Slashed of(String text) {
        return new Slashed(text, Arrays.asList(text.split("/", -1)));
    }

    /** What stands before the first slash. */
    public String first() {
        return parts.getFirst();
    }

    /** What stands after it. */
    public Slashed rest() {
        return of(text.substring(Math.min(text.length(), first().length() + 1)));
    }

    /** The namespace: written, or the default one. */
    public String namespace() throws Mismatch {
        return parts.size() == 3 ? checked(parts.get(1)) : ObjectMeta.DEFAULT_NAMESPACE;
    }

    /** The name, with or without a namespace before it. */
    public String name() throws Mismatch {
        if (parts.size() != 2 && parts.size() != 3) {
            throw new Mismatch(first() + "/NAME or " + first() + "/NS/NAME");
        }
        return checked(parts.getLast());
    }

    /** The name of something that is in no namespace. */
    public String onlyName() throws Mismatch {
        if (parts.size() != 2) {
            throw new Mismatch(first() + "/NAME");
        }
        return checked(parts.get(1));
    }

    /** The first part is none of some words. */
    public Mismatch mismatch(String words, List<String> known) {
        String rest = text.substring(Math.min(text.length(), first().length()));
        Optional<String> near = rest.isEmpty() ? Optional.empty()
                : kubectlWord(known).or(() -> Spelling.nearest(first(), known))
                        .map(word -> word + rest);
        return new Mismatch(words, near.orElse(null));
    }

    /** {@code svc} and its like are kubectl's, not ours. */
    private Optional<String> kubectlWord(List<String> known) {
        return ApiKind.ofWord(first()).map(ApiKind::singular).filter(known::contains);
    }

    private String checked(String name) throws Mismatch {
        // RFC 1123 subdomains; nodes and pods are named so, Services even more narrowly.
        if (name.length() > 253 || !name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new Mismatch("a name of lower case letters, digits, - and . after the slash");
        }
        return name;
    }
}
