package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes: a message that helps, exit code 2, nothing on standard output, no stack trace. */
class BadInputTest {

    @TempDir
    Path folder;

    @Test
    void everyMistakeOfAFileIsToldWithItsPlace() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"),
                Files.readString(Path.of(file("loop.yaml"))).replace("loadBalancer: {backends",
                        "loadBalancer: {backend").replace("port: 80, targetPort",
                                "port: 99999, targetPort"));

        Shell shell = Shell.run("run", bad.toString());

        refused(shell);
        assertThat(shell.err()).contains(bad + ":", "did you mean \"backends\"?", "99999");
        assertThat(shell.err().lines()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void mistakesOfSeveralFilesAreToldTogether() {
        Shell shell = Shell.run("validate", folder + "/a.yaml", folder + "/b.yaml");

        refused(shell);
        assertThat(shell.err()).contains("a.yaml:1:1", "b.yaml:1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "odds", "trace", "validate", "diff"})
    void aDirectoryIsNoFile(String verb) {
        refused(Shell.run(verb, folder.toString(), "--set", "kubeProxy.mode=iptables"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "trace LOOP --from pot/client --to 1.2.3.4:80 | did you mean \"pod/client\"",
        "trace LOOP --flow lop                        | no flow lop; the file has [loop, named]",
        "trace LOOP --outcome Lost                    | expected one of [Answered, Refused",
        "trace LOOP                                   | nothing to trace",
        "trace LOOP                                   | the file has [loop, named]",
        "trace LOOP --flow lop                        | did you mean loop?",
        "odds LOOP --flow lop                         | did you mean loop?",
        "odds LOOP --from pod/clinet --to service/web:80 | did you mean pod/client?",
        "odds LOOP --from pod/client --to service/wbe:80 | did you mean service/web?",
        "get routes LOOP --node n11                   | did you mean n1?",
        "trace LOOP --filter hop==1                   | --filter",
        "odds LOOP --flow x                           | no flow x",
        "get rules LOOP --node n9                     | no node n9",
        "get services LOOP --node n1                  | belong to no node",
        "get rules LOOP --at soon                     | expected a duration",
        "get flows LOOP                               | expected one of [rules",
        "run DUMP                                     | no Scenario document",
        "run LOOP --runs 0                            | expected 1 or more",
        "run LOOP --set x                             | expected KEY=VALUE",
        "diff LOOP                                    | expected a second one or --set",
        "diff LOOP LOOP LOOP                          | found 3 files, expected one or two",
        "trace LOOP --flow loop --pick lb/web=n9      | lb/web=n1, lb/web=n2",
        "trace LOOP --flow loop --at -5s              | expected a duration that is not negative",
        "rnu LOOP                                     | Did you mean: podhop run",
        "run                                          | Missing required parameter: 'FILE'",
        "run LOOP --sed 4                             | --seed"})
    void aMistakeOnTheCommandLine(String line, String message) {
        Shell shell = Shell.run(line.replace("LOOP", file("loop.yaml"))
                .replace("DUMP", file("dump.yaml")).split(" +"));

        refused(shell);
        assertThat(shell.err()).contains(message);
    }

    @Test
    void aReportThatCannotBeWritten() throws IOException {
        Path occupied = Files.writeString(folder.resolve("file"), "");

        Shell shell = Shell.run("run", file("loop.yaml"), "--report", occupied.toString());

        refused(shell);
        assertThat(shell.err()).contains("cannot write the report", "it is a file");
    }

    @Test
    void aBugOfOursIsOneLineAndNamesNoPath() {
        StringWriter err = new StringWriter();
        Failures failures = new Failures(new Main(Screen.NONE));

        int code = failures.internal(new PrintWriter(err, true), new IllegalStateException("x"));

        assertThat(code).isEqualTo(70);
        assertThat(err.toString()).contains("internal error: java.lang.IllegalStateException: x",
                "report").doesNotContain("\tat ");
        assertThat(err.toString().lines()).hasSize(1);
    }

    private static void refused(Shell shell) {
        assertThat(shell.code()).as(shell.err()).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).isNotEmpty().doesNotContain("\tat ");
    }
}
