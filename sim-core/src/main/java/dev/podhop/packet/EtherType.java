package dev.podhop.packet;

/** What an Ethernet frame carries. */
public enum EtherType {
    IPV4,
    IPV6,
    ARP
}
