package dev.podhop.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and prefixes, as texts and as sets. */
class AddressesTest {

    private static final RandomGenerator RANDOM =
            RandomGeneratorFactory.of("L64X128MixRandom").create(11);

    /** RFC 5952, section 4. */
    @ParameterizedTest
    @CsvSource({"10.0.0.1, 10.0.0.1", "0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1", "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", "0:0:0:0:0:0:0:0, ::", "::1, ::1",
        "fe80:0:0:0:1:0:0:0, fe80::1:0:0:0", "1:0:0:2:0:0:0:3, 1:0:0:2::3"})
    void anAddressHasOneSpelling(String text, String canonical) {
        assertThat(IpAddress.of(text)).hasToString(canonical);
        assertThat(IpAddress.of(canonical)).isEqualTo(IpAddress.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1.2", "1::2::3",
        "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":::", "g::1", "10.0.0.1/8", " ::1"})
    void aTextThatIsNoneIsRefused(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/08", "10.0.0.0/-1",
        "/8", "10.0.0/8", "10.0.0.0/8/8"})
    void aTextThatIsNoPrefixIsRefused(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
        assertThatThrownBy(() -> Cidr.of(text)).hasMessageContaining(text);
    }

    @Test
    void hostBitsAreClearedAndTheFamiliesStayApart() {
        assertThat(Cidr.of("10.1.2.3/8")).hasToString("10.0.0.0/8");
        assertThat(Cidr.of("2001:db8::1/32")).hasToString("2001:db8::/32");
        assertThat(Cidr.of("0.0.0.0/0").contains(IpAddress.of("::1"))).isFalse();
        assertThat(Cidr.of("::/0").contains(IpAddress.of("10.0.0.1"))).isFalse();
        assertThat(Cidr.of("10.0.0.0/8").contains(Cidr.of("10.0.0.0/7"))).isFalse();
        assertThat(Cidr.of("10.0.0.0/8").contains(Cidr.of("10.9.0.0/16"))).isTrue();
    }

    /** Beside arithmetic on whole numbers, which knows nothing of two halves. */
    @Test
    void aPrefixHoldsWhoSharesItsBits() throws UnknownHostException {
        for (int i = 0; i < 20_000; i++) {
            boolean v4 = RANDOM.nextBoolean();
            int bits = v4 ? 32 : 128;
            int length = RANDOM.nextInt(bits + 1);
            IpAddress one = random(v4);
            IpAddress other = RANDOM.nextBoolean() ? random(v4)
                    : near(one, RANDOM.nextInt(bits), v4);
            boolean shares = number(one).shiftRight(bits - length)
                    .equals(number(other).shiftRight(bits - length));

            assertThat(new Cidr(one, length).contains(other))
                    .as("%s/%s, %s", one, length, other).isEqualTo(shares);
        }
    }

    @Test
    void addressesAreCountedFromTheBase() throws UnknownHostException {
        for (int i = 0; i < 2_000; i++) {
            boolean v4 = RANDOM.nextBoolean();
            Cidr range = new Cidr(random(v4), v4 ? 16 : 64);
            long offset = RANDOM.nextLong(65_536);

            assertThat(number(range.address(offset)))
                    .isEqualTo(number(range.base()).add(BigInteger.valueOf(offset)));
        }
    }

    private static IpAddress random(boolean v4) {
        return v4 ? IpAddress.ofV4(RANDOM.nextInt())
                : IpAddress.ofV6(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** With one bit, counted from the right, the other way round. */
    private static IpAddress near(IpAddress address, int bit, boolean v4) {
        return v4 ? IpAddress.ofV4((int) (address.low() ^ 1L << bit))
                : bit < 64 ? IpAddress.ofV6(address.high(), address.low() ^ 1L << bit)
                : IpAddress.ofV6(address.high() ^ 1L << bit - 64, address.low());
    }

    private static BigInteger number(IpAddress address) throws UnknownHostException {
        byte[] bytes = InetAddress.getByName(address.toString()).getAddress();
        return new BigInteger(1, bytes);
    }
}
