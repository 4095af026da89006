package dev.podhop.cli;

import dev.podhop.k8s.ObjectKey;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.doctor.WhatIf;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.form.ScalarForms;
import dev.podhop.scenario.form.TargetForms;
import dev.podhop.trace.HopFilter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a command's words as a scenario file's words are read: the same forms, and where they do
 * not fit the same messages with the nearest correct spelling. picocli tells a
 * {@link TypeConversionException} with the option's name before it.
 */
final class TypedWords {

    private TypedWords() {}

    private static <T> T read(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    /** As {@code send.from}. */
    static final class SourceWord implements ITypeConverter<Source> {
        @Override
        public Source convert(String text) {
            return read(text, TargetForms.SOURCE::parse);
        }
    }

    /** As {@code send.to}. */
    static final class TargetWord implements ITypeConverter<FlowTarget> {
        @Override
        public FlowTarget convert(String text) {
            return read(text, TargetForms.TARGET::parse);
        }
    }

    /** What may be tried. */
    static final class WhatIfWord implements ITypeConverter<WhatIf> {
        @Override
        public WhatIf convert(String text) {
            return WhatIf.parse(text).orElseThrow(() -> new TypeConversionException("found \""
                    + text + "\", expected drain, node-loss, rollout or upgrade=1.37"));
        }
    }

    /** As {@code rollout}. */
    static final class ObjectWord implements ITypeConverter<ObjectKey> {
        @Override
        public ObjectKey convert(String text) {
            return read(text, TargetForms.OBJECT::parse);
        }
    }

    /** The same text as the viewer's box takes. */
    static final class FilterWord implements ITypeConverter<HopFilter> {
        @Override
        public HopFilter convert(String text) {
            return read(text, HopFilter::parse);
        }
    }

    /** A time of the run; empty for its end. */
    static final class TimeWord implements ITypeConverter<OptionalLong> {
        @Override
        public OptionalLong convert(String text) {
            return text.equals("end") ? OptionalLong.empty()
                    : OptionalLong.of(read(text, ScalarForms.DURATION::parse));
        }
    }

    /** Flows are of these three; ICMP only answers. */
    static final class ProtocolWord implements ITypeConverter<L4Protocol> {
        @Override
        public L4Protocol convert(String text) {
            return switch (text.toUpperCase(Locale.ROOT)) {
                case "TCP" -> L4Protocol.TCP;
                case "UDP" -> L4Protocol.UDP;
                case "SCTP" -> L4Protocol.SCTP;
                default -> throw new TypeConversionException(
                        "found \"" + text + "\", expected TCP, UDP or SCTP");
            };
        }
    }
}
