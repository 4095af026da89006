package dev.podhop.reports.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in a name, and how a page has to write it so that it is read so. */
class PlainTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', textBlock = """
            pod/web-1                    ! pod/web-1
            34.4 %                       ! 34.4 %
            service/web@vip:80           ! service/web@vip:80
            <img src=x onerror=alert(1)> ! &lt;img src=x onerror=alert(1)&gt;
            a|b                          ! a\\|b
            [x](javascript:1)            ! \\[x](javascript:1)
            *bold* _it_ `code`           ! \\*bold\\* \\_it\\_ \\`code\\`
            # heading                    ! \\# heading
            1. item                      ! 1\\. item
            - item                       ! \\- item
            &amp;                        ! &amp;amp;
            https://example.com          ! https&#58;//example.com
            www.example.com              ! www&#46;example.com
            a@b.example                  ! a&#64;b.example
            back\\slash                  ! back\\\\slash
            """)
    void isReadAsItStands(String name, String written) {
        assertThat(Plain.text(name)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"'a\n# b',a\\\\n# b", "'\u001b[0m',\\\\u001b\\[0m"})
    void staysInItsLine(String name, String written) {
        assertThat(Plain.text(name)).isEqualTo(written);
    }
}
