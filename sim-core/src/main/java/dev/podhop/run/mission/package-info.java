/**
 * Missions: a broken scenario to be mended, and the judge of what somebody made of it.
 *
 * <pre>
 *   mission.yaml, broken.yaml --> Mission
 *   a solution --> Edits (what was changed, and what may not be) --> Judge (runs it) --> Judgement
 *   a result file --> MissionResult, which holds the solution, so that it can be judged again
 * </pre>
 */
@NullMarked
package dev.podhop.run.mission;

import org.jspecify.annotations.NullMarked;
