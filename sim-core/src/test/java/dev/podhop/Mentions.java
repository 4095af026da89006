package dev.podhop;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which methods a set of Java files declares, and which it calls, by name and number of arguments:
 * enough to find those that nobody calls, without a compiler's knowledge of types.
 *
 * <p>What something outside calls is left out: overrides, whatever a framework finds by its
 * annotation, {@code main}, a record's canonical constructor. Of two methods of one name and one
 * number of arguments the one may hide that nobody calls the other.
 */
final class Mentions extends TreeScanner<Void, String> {

    /** Annotations that call nothing. */
    private static final Set<String> INERT = Set.of("Nullable", "SuppressWarnings", "SafeVarargs");

    private final Map<String, String> declared = new TreeMap<>();
    private final Set<String> called = new HashSet<>();
    private final Set<String> referred = new HashSet<>();

    /** Reads a file. */
    void add(CompilationUnitTree unit) {
        scan(unit, Path.of(unit.getSourceFile().getName()).getFileName().toString());
    }

    /** {@code Edge.java: route/2}, the methods that nobody calls. */
    List<String> uncalled() {
        return declared.entrySet().stream().filter(e -> !isCalled(e.getValue()))
                .map(Map.Entry::getKey).toList();
    }

    private boolean isCalled(String method) {
        return called.contains(method)
                || referred.contains(method.substring(0, method.indexOf('/')));
    }

    @Override
    public Void visitClass(ClassTree type, String file) {
        // The values of an annotation are read by whoever looks for it.
        return type.getKind() == Tree.Kind.ANNOTATION_TYPE ? null : super.visitClass(type, file);
    }

    @Override
    public Void visitMethod(MethodTree method, String file) {
        String name = method.getName().toString();
        boolean inert = method.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType).map(Object::toString)
                .allMatch(INERT::contains);
        if (inert && method.getReturnType() != null && !name.equals("main")) {
            boolean any = method.getParameters().stream()
                    .anyMatch(p -> p.toString().contains("..."));
            String key = name + '/' + (any ? "*" : method.getParameters().size());
            declared.put(file + ": " + key, key);
        }
        return super.visitMethod(method, file);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, String file) {
        String name = name(call.getMethodSelect());
        called.add(name + '/' + call.getArguments().size());
        called.add(name + "/*");
        return super.visitMethodInvocation(call, file);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, String file) {
        referred.add(reference.getName().toString());
        return super.visitMemberReference(reference, file);
    }

    private static String name(ExpressionTree method) {
        return switch (method) {
            case IdentifierTree own -> own.getName().toString();
            case MemberSelectTree of -> of.getIdentifier().toString();
            default -> method.toString();
        };
    }
}
