using Governance.Audit.Theft.Detection;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Tests.Theft;

/// <summary>The strategies that the detectors are measured against, and how soon one raises an alarm.</summary>
internal static class ThiefStrategies
{
    /// <summary>By name, made from legal rows and a seed.</summary>
    public static IReadOnlyList<(string Name, Func<RowSpace, int, QueryStream> Make)> All { get; } =
    [
        ("uniform", (space, seed) => new UniformRows(space, seed)),
        ("bisect", (space, seed) => new LineSearchRows(new UniformRows(space, seed), seed)),
        ("bisect, own ends", (space, seed) => new LineSearchRows(new OwnRows(space, seed), seed)),
        ("axis", (space, seed) => new AxisRows(space, seed)),
        ("adaptive", (space, seed) => new UncertaintyRows(new MarginalRows(space, seed))),
        ("adaptive, own", (space, seed) => new UncertaintyRows(new OwnRows(space, seed))),
        ("cloud", (space, seed) => new CloudRows(space, seed)),
        ("uniform in 80 %", (space, seed) => new HiddenRows(new OwnRows(space, seed), new UniformRows(space, seed), 0.8, seed)),
        ("adaptive in 80 %", (space, seed) => new HiddenRows(
            new OwnRows(space, seed), new UncertaintyRows(new MarginalRows(space, seed)), 0.8, seed)),
        ("jbda", (space, seed) => new JacobianRows(new OwnRows(space, seed), seed)),
        ("marginals", (space, seed) => new MarginalRows(space, seed)),
        ("own", (space, seed) => new OwnRows(space, seed)),
    ];

    /// <summary>One of them.</summary>
    public static Func<RowSpace, int, QueryStream> Named(string name) => All.Single(one => one.Name == name).Make;

    /// <summary>The distinct query at which a stream raises the first alarm; null without one.</summary>
    /// <param name="one">The model that is asked and the rows that the thief knows of.</param>
    /// <param name="watch">A new watch.</param>
    /// <param name="stream">The thief.</param>
    /// <param name="most">Distinct queries at most.</param>
    public static int? FirstAlarm(WatchCase one, TrafficWatch watch, QueryStream stream, int most)
    {
        HashSet<string> seen = [];
        float[] row = new float[one.Held.Width];
        for (int draw = 0; draw < 3 * most && seen.Count < most; draw++)
        {
            stream.Draw(row);
            double score = one.Score([.. row]);
            stream.Learn(score);
            if (seen.Add(string.Join(' ', row)) && watch.Observe(row, WatchCase.Margin(score), knownRow: false).IsAlarm)
            {
                return seen.Count;
            }
        }

        return null;
    }
}
