package dev.podhop.scenario;

/** What must hold in every run, unless the file allows a violation by this name. */
public enum Invariant {
    /** Every packet's last hop ends in a terminal step. */
    TERMINAL_STEP("terminalStep"),
    /** Every reply that passes its translator leaves it translated back. */
    NAT_UNDONE("natUndone"),
    /** Packets sent are packets delivered, dropped, rejected or under way. */
    CONSERVATION("conservation"),
    /** No packet is sent on twice by one namespace with the same header. */
    NO_FORWARDING_LOOP("noForwardingLoop");

    private final String spelling;

    Invariant(String spelling) {
        this.spelling = spelling;
    }

    /** As it stands in a file. */
    @Override
    public String toString() {
        return spelling;
    }
}
