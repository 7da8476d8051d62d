package io.leasehold.simulator;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;

/**
 * The product with one rule switched off, by changing the bytes of one class.
 *
 * @param name says what is wrong with it
 * @param rules of the reliability study that it breaks
 * @param method that is changed
 */
record Mutant(
        String name, String rules, String className, String method, UnaryOperator<DynamicType.Builder<?>> change) {

    /** The method says always the same. */
    static Mutant saying(String name, String rules, String className, String method, Object value) {
        return new Mutant(
                name,
                rules,
                className,
                method,
                builder -> builder.method(named(method)).intercept(FixedValue.value(value)));
    }

    /** The method does nothing. */
    static Mutant doingNothing(String name, String rules, String className, String method) {
        return new Mutant(
                name,
                rules,
                className,
                method,
                builder -> builder.method(named(method)).intercept(StubMethod.INSTANCE));
    }

    /** The advice runs at the beginning or the end of the method. */
    static Mutant advised(String name, String rules, String className, String method, Class<?> advice) {
        return new Mutant(
                name,
                rules,
                className,
                method,
                builder -> builder.visit(Advice.to(advice).on(named(method))));
    }

    /** Within the method, calls of another one have no effect and yield null, 0 or false. */
    static Mutant ignoring(String name, String rules, String className, String method, String called) {
        return new Mutant(
                name,
                rules,
                className,
                method,
                builder -> builder.visit(MemberSubstitution.relaxed()
                        .method(named(called))
                        .stub()
                        .on(named(method))));
    }

    @Override
    public String toString() {
        return name;
    }
}
