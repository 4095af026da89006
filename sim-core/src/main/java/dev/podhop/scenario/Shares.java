package dev.podhop.scenario;

import java.util.Map;

/**
 * Which endpoints answer, or which sources they see.
 *
 * @param amounts by endpoint ({@code pod/web-1}, {@code ip:port}) or address, over all attempts;
 *     in a list every name stands with a range above 0
 * @param complete whether no other may occur: it was written as a list
 */
public record Shares(Map<String, Amount> amounts, boolean complete) {

    public Shares {
        amounts = Amount.together(amounts);
    }
}
