/**
 * Mutants: servers that are broken in one way each, which the kit must catch.
 *
 * <h2>How to write one</h2>
 *
 * <p>A mutant is a test method in the class of its area, named as a sentence about the server:
 *
 * {@snippet :
 * @Test
 * @Breaks(value = "http.scope.method", also = "http.scope.asterisk-form")
 * void aServerThatDeliversTheMethodInLowerCaseIsCaught() throws Exception {
 *     kill(Mutant.ofScope(scope ->
 *             scope.toBuilder().method(scope.method().toLowerCase(Locale.ROOT)).build()));
 * }
 * }
 *
 * <p>{@link io.asgi4j.tck.mutant.Mutant} has the ways to break a sound server: between server and application ({@code ofScope},
 * {@code ofReceived}, {@code ofReceive}, {@code ofSent}, {@code ofSend}, {@code ofAnswers}, {@code ofRefused}, {@code ofEnds}, {@code
 * ofCalls}, {@code ofLifespan}), on the wire
 * ({@code ofRequestHeads}, {@code ofResponseHeads}, {@code ofRequests}, {@code ofResponses}, {@code ofWire}, which put a proxy in front
 * of the server and change bytes by a {@link io.asgi4j.tck.mutant.Rewrite}), and at start and stop ({@code ofStart}). A server that
 * accepts what it should refuse is made by mending the request on its way in. The kit's own requests are never touched.
 *
 * <p>The mutant dies if each requirement that it {@code Breaks} is failed by a scenario about it, and nothing fails that is about neither
 * those nor what stands in {@code also}. Beside the scenarios of the requirements, the quick ones of the mutant's area run. Break as little
 * as possible: change one header field, one status, one kind of frame, rather than declaring half of an area in {@code also}.
 *
 * <p>The message of the first failing scenario of the first requirement (or of the one in {@code shows}, if that is a better or a
 * steadier one) is kept in {@code src/test/resources/io/asgi4j/tck/mutant/<area>/<method>.txt}: read it as somebody would who does not
 * know what is wrong with the server. If it does not tell, improve the scenario or the kit.
 *
 * <p>Run some, write their messages, and take their requirements off the list of those that wait:
 *
 * <pre>{@code
 * mvn test -pl tck -am -Dtest='HttpScopeMutantTests,MutantTraceabilityTests' -Dsurefire.failIfNoSpecifiedTests=false -Dasgi4j.tck.accept=true
 * }</pre>
 *
 * <p>A MUST of which no mutant can be made stands in {@code mutants.impossible} with the reason.
 */
@NullMarked
package io.asgi4j.tck.mutant;

import org.jspecify.annotations.NullMarked;
