package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same command prints the same wherever its machine stands: digits, decimal points, letters
 * that are made small (a Turkish I), calendars.
 */
class LocalesTest {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("run", file("loop.yaml")),
            List.of("run", file("loop.yaml"), "-o", "json"),
            List.of("trace", file("loop.yaml"), "--flow", "loop"),
            List.of("odds", file("loop.yaml")),
            List.of("odds", file("loop.yaml"), "--lang", "ZH"),
            List.of("diff", file("loop.yaml"), "--set", "loadBalancer.clientIP=snat"),
            List.of("get", "rules", file("loop.yaml"), "--node", "n1"),
            List.of("get", "conntrack", file("loop.yaml"), "--at", "5s"),
            List.of("get", "services", file("loop.yaml")),
            List.of("assume", file("loop.yaml")),
            List.of("validate", file("loop.yaml"), "--set", "network.FABRIC=L2"));

    private final Locale before = Locale.getDefault();

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG-u-nu-arab", "fa-IR", "zh-CN",
        "th-TH-u-ca-buddhist-nu-thai"})
    void nothingDependsOnTheMachinesLocale(String tag) {
        for (List<String> command : COMMANDS) {
            Locale.setDefault(Locale.ROOT);
            Shell usual = Shell.run(command.toArray(String[]::new));
            Locale.setDefault(Locale.forLanguageTag(tag));

            assertThat(Shell.run(command.toArray(String[]::new))).as(String.join(" ", command))
                    .isEqualTo(usual);
            assertThat(usual.code()).isIn(ExitCode.OK, ExitCode.USAGE);
        }
    }
}
