package dev.podhop.cli;

import dev.podhop.k8s.source.Spelling;
import dev.podhop.reports.Explanations;
import dev.podhop.run.doctor.FaultCode;
import dev.podhop.run.result.UsageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop explain}: what a code of a trace or of the doctor means. */
@Command(name = "explain", mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n", footer = {
            "  podhop explain NO_SOCKET",
            "  podhop explain PH101",
            "  podhop explain net.ct.invalid",
            ExitCode.HELP},
        description = "What a code means: of a drop as a trace has it, of a reason in JSON, or of"
                + " a finding of doctor.")
final class ExplainVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CODE", description = "NO_SOCKET, PH101 or net.ct.invalid, say.")
    private String asked = "";

    @Override
    public Integer call() {
        Explanations words = Main.of(spec).language.explanations();
        Set<String> codes = words.codes();
        Optional<FaultCode> finding = finding();
        List<String> meant = Stream.concat(
                finding.map(FaultCode::reasons).orElse(List.of()).stream(),
                codes.stream().filter(code -> code.equals(asked) || code.endsWith("." + asked)))
                .toList();
        if (meant.isEmpty() && finding.isEmpty()) {
            Set<String> known = new TreeSet<>(codes);
            known.addAll(codes.stream().map(code -> code.replaceAll(".*\\.", ""))
                    .collect(Collectors.toSet()));
            Stream.of(FaultCode.values()).map(FaultCode::id).forEach(known::add);
            throw new UsageException("found no code " + asked + ", expected one that a trace, JSON"
                    + " or doctor prints" + Spelling.nearest(asked, known)
                            .map(near -> ": " + near + "?").orElse(""));
        }
        PrintWriter out = spec.commandLine().getOut();
        finding.ifPresent(code -> out.println(code.id() + " " + code.severity().name()
                .toLowerCase(Locale.ROOT) + ": " + words.pattern(code.code())));
        for (String code : meant) {
            out.println((finding.isPresent() ? "  " : "") + code + ": " + words.pattern(code));
        }
        return ExitCode.OK;
    }

    /** The doctor's code, whatever the case it is written in. */
    private Optional<FaultCode> finding() {
        String id = asked.toUpperCase(Locale.ROOT);
        return Stream.of(FaultCode.values()).filter(code -> code.id().equals(id)).findFirst();
    }
}
