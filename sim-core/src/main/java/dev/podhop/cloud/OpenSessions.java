package dev.podhop.cloud;

import dev.podhop.cloud.SessionRules.Fate;
import dev.podhop.netstack.netfilter.PacketView;
import org.jspecify.annotations.Nullable;

/** Who knows how many connections a load balancer has under way. */
public interface OpenSessions {

    /** Connections of a listener to one of its targets that are not over. */
    int open(Listener listener, Target target);

    /** What was done to the session that a packet belonged to; null where nothing was. */
    @Nullable Fate after(PacketView packet);
}
