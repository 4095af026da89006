package dev.podhop.scenario.form;

import dev.podhop.engine.Delay;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.net.L4Protocol;
import dev.podhop.scenario.AddressPattern;
import dev.podhop.scenario.Amount;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Key;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.LinkRef;
import dev.podhop.scenario.NanosRange;
import dev.podhop.scenario.PatchTarget;
import dev.podhop.scenario.PlacePattern;
import dev.podhop.scenario.PrefixedAddress;
import dev.podhop.scenario.Shares;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.SysctlSpec;
import dev.podhop.scenario.TimelineEntry;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.fraction.BigFraction;

/** Which form a type of component is written in. */
public final class Forms {

    /** The types that have a way of their own to be written; all others are records or enums. */
    private static final Map<Type, Form<?>> BY_TYPE = Map.ofEntries(
            Map.entry(String.class, ScalarForms.TEXT),
            Map.entry(boolean.class, ScalarForms.BOOLEAN),
            Map.entry(Boolean.class, ScalarForms.BOOLEAN),
            Map.entry(KubernetesVersion.class, ScalarForms.VERSION),
            Map.entry(L4Protocol.class,
                    new EnumForm<>(List.of(L4Protocol.TCP, L4Protocol.UDP, L4Protocol.SCTP))),
            Map.entry(dev.podhop.net.IpAddress.class, ScalarForms.ADDRESS),
            Map.entry(dev.podhop.net.Cidr.class, ScalarForms.CIDR),
            Map.entry(PrefixedAddress.class, ScalarForms.INTERFACE_ADDRESS),
            Map.entry(AddressPattern.class, TargetForms.ADDRESS_PATTERN),
            Map.entry(Source.class, TargetForms.SOURCE),
            Map.entry(FlowTarget.class, TargetForms.TARGET),
            Map.entry(dev.podhop.k8s.ObjectKey.class, TargetForms.OBJECT),
            Map.entry(PatchTarget.class, TargetForms.PATCHED),
            Map.entry(FaultTarget.class, TargetForms.FAULT),
            Map.entry(LinkRef.class, TargetForms.LINK),
            Map.entry(PlacePattern.class, TargetForms.PLACE),
            Map.entry(Amount.class, AmountForms.AMOUNT),
            Map.entry(NanosRange.class, AmountForms.NANOS_RANGE),
            Map.entry(Delay.class, AmountForms.DELAY),
            Map.entry(Shares.class, new SharesForm()),
            Map.entry(SysctlSpec.class, new SysctlForm()),
            Map.entry(TimelineEntry.class, new TimelineForm()),
            Map.entry(YamlNode.Mapping.class, new TreeForm()));

    private Forms() {}

    /** The form of a component. */
    public static Form<?> of(RecordComponent component, Key key) {
        if (Part.isDuration(component)) {
            return ScalarForms.duration(key.min());
        }
        if (component.getType() == BigFraction.class) {
            return ScalarForms.fraction(key.max());
        }
        if (isInteger(component.getType())) {
            return ScalarForms.integer(component.getType(), key.min(), key.max());
        }
        if (component.getGenericType() instanceof ParameterizedType list
                && list.getRawType() == List.class
                && list.getActualTypeArguments()[0] == Integer.class) {
            return new ListForm<>(ScalarForms.integer(Integer.class, key.min(), key.max()),
                    key.commas());
        }
        return of(component.getGenericType(), key.commas());
    }

    /** A value as a file would have it. */
    public static Scalar scalar(String text) {
        Scalar.Kind kind = text.equals("true") || text.equals("false") ? Scalar.Kind.BOOL
                : text.matches("[0-9]+") ? Scalar.Kind.INT
                : Scalar.Kind.STRING;
        return new Scalar(Location.startOf(""), text, kind, false);
    }

    /**
     * Whole numbers, boxed where they may be absent; durations are told from them by their name.
     */
    public static boolean isInteger(Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class
                || type == Long.class;
    }

    /** The form of a type; lists, sets and maps by what they hold. A number as a key is a port. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static Form<?> of(Type type, boolean commas) {
        Form<?> own = BY_TYPE.get(type);
        if (own != null) {
            return own;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == Map.class) {
                Form<?> keys = arguments[0] == Integer.class ? ScalarForms.PORT
                        : of(arguments[0], false);
                return new MapForm<>(keys, of(arguments[1], false));
            }
            Form<?> element = arguments[0] == YamlNode.Mapping.class ? new ManifestsForm()
                    : new ListForm<>(of(arguments[0], false), commas);
            return raw == Set.class ? new SetForm<>((Form<List<Object>>) element) : element;
        }
        Class<?> plain = (Class<?>) type;
        if (isInteger(plain)) {
            return ScalarForms.integer(plain, 0, Integer.MAX_VALUE);
        }
        if (plain.isEnum()) {
            return new EnumForm<>(Arrays.asList(plain.getEnumConstants()));
        }
        return RecordForm.of((Class) plain);
    }
}
