package dev.podhop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What would let two runs of one file and seed differ, or a library print, is banned from all of
 * sim-core. Each ban must also find the method of {@code BreaksEveryBan} that breaks it.
 */
class HouseBansTest {

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource(textBlock = """
            java.lang.System,                              currentTimeMillis,     wallClock
            java.lang.System,                              nanoTime,              stopwatch
            java.time.*,                                   now|system.*|tick.*,   instant
            java.lang.Math,                                random,                mathRandom
            java.util.Random|java.util.SplittableRandom,   .*,                    random
            java.util.random.*|java.security.SecureRandom, .*,                    secureRandom
            java.util.UUID,                                randomUUID,            uuid
            java.util.concurrent.(?!TimeUnit).*,           .*,                    executor
            java.lang.Thread.*,                            .*,                    thread
            java.util.*Collection|java.util.*List,         parallelStream,        parallel
            java.util.stream.*,                            parallel,              parallelStep
            java.lang.System,                              out|err|in|console,    print
            .*,                                            printStackTrace,       stackTrace
            """)
    void nobodyUses(String owner, String member, String breaker) {
        ArchRule ban = noClasses().should().accessTargetWhere(describe(owner + "." + member,
                access -> access.getTargetOwner().getName().matches(owner)
                        && access.getTarget().getName().matches(member)));

        assertThat(ban.evaluate(House.VIOLATING).getFailureReport().getDetails())
                .anyMatch(text -> text.contains("BreaksEveryBan." + breaker + "("));
        ban.check(House.CLASSES);
    }

    @Test
    void timeIsNeverFloating() {
        DescribedPredicate<HasName> time = describe("time",
                named -> named.getName().matches("(?i).*(nanos|micros|millis|seconds)"));
        DescribedPredicate<HasName> floating = describe("floating",
                type -> type.getName().matches("\\[*[DF]|(float|double|java.lang.(Float|Double))"));
        ArchRule fields = noFields().that(time).should().haveRawType(floating);
        ArchRule methods = noMethods().that(time).should().haveRawReturnType(floating);

        assertThat(fields.evaluate(House.VIOLATING).hasViolation()).isTrue();
        assertThat(methods.evaluate(House.VIOLATING).hasViolation()).isTrue();
        fields.check(House.CLASSES);
        methods.check(House.CLASSES);
    }
}
