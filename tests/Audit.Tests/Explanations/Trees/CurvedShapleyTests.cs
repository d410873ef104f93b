using Governance.Audit.Explanations;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Audit.Tests.Inference.Forms;

namespace Governance.Audit.Tests.Explanations.Trees;

/// <summary>Probabilities of trees where too many players differ to enumerate: sampled, with errors that hold.</summary>
public sealed class CurvedShapleyTests
{
    private const int Players = 18;

    private static readonly GivenTrees Trees = new() { Trees = 120, Depth = 4, Features = Players, EarlyLeaf = 0.05, Targets = 2, Seed = 4 };

    [Fact]
    public void Intervals_hold_the_enumerated_values()
    {
        NativeCase given = Case(2) with { Samples = 600 };
        ExplanationReport exact = (given with { Method = "exact" }).Run();
        int inside = 0;
        int all = 0;
        double squares = 0;
        double widths = 0;
        for (int seed = 1; seed <= 25; seed++)
        {
            ExplanationReport sampled = (given with { Seed = seed }).Run();
            Assert.Equal("tree", sampled.Method);
            Assert.Contains(sampled.Notes, note => note.Code == "sampled");
            foreach ((ExplainedRow own, ExplainedRow truth) in sampled.Rows.Zip(exact.Rows))
            {
                Assert.InRange(Math.Abs(own.AdditivityResidual[1]), 0, 1e-12);
                for (int player = 0; player < Players; player++)
                {
                    // A player that no reachable test asks about is known to get nothing.
                    IReadOnlyList<double> interval = own.Interval![1][player];
                    if (interval[1] > interval[0])
                    {
                        double error = own.Values[1][player] - truth.Values[1][player];
                        inside += Math.Abs(error) <= ((interval[1] - interval[0]) / 2) + 1e-7 ? 1 : 0;
                        squares += error * error;
                        widths += interval[1] - interval[0];
                        all++;
                    }
                }
            }
        }

        Assert.InRange(inside / (double)all, 0.93, 1);
        Assert.InRange(widths / all / Math.Sqrt(squares / all), 3, 5);
    }

    [Fact]
    public void The_margin_as_control_variate_beats_plain_orders_at_the_same_budget()
    {
        NativeCase given = Case(2) with { Samples = 1000 };

        ExplanationReport exact = (given with { Method = "exact" }).Run();
        double own = Error((given with { Method = "tree" }).Run(), exact);
        double plain = Error((given with { Method = "permutation" }).Run(), exact);

        Assert.InRange(own, 0, 0.8 * plain);
    }

    [Fact]
    public void Neither_threads_nor_a_narrower_request_of_rows_change_a_bit()
    {
        NativeCase given = Case(4) with { Samples = 300 };

        ExplanationReport one = given.Run();
        ExplanationReport two = (given with { Threads = 2 }).Run();
        ExplanationReport first = (given with { Rows = given.Rows.Slice(0, 1) }).Run();

        for (int row = 0; row < 4; row++)
        {
            Assert.Equal(one.Rows[row].Values[1], two.Rows[row].Values[1]);
            Assert.Equal(one.Rows[row].StandardErrors![1], two.Rows[row].StandardErrors![1]);
        }

        Assert.Equal(one.Rows[0].Values[1], first.Rows[0].Values[1]);
    }

    [Fact]
    public void Sampling_stops_where_the_intervals_are_narrow_enough()
    {
        NativeCase given = Case(1) with { Samples = 20_000 };

        ExplanationReport wide = (given with { UntilWidth = 0.2 }).Run();
        ExplanationReport never = (given with { UntilWidth = 1e-9, Samples = 400 }).Run();

        Assert.True(wide.Converged);
        Assert.InRange(wide.Evaluations, 1, 1000);
        Assert.False(never.Converged);
    }

    private static NativeCase Case(int rows)
    {
        // Background below zero and rows above, so that all players differ.
        SeededRandom random = new(8, 8);
        float[] values = new float[(rows + 3) * Players];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(random.NextDouble() * (i < 3 * Players ? -3 : 3));
        }

        return new NativeCase
        {
            Model = Trees.Classifier(("post_transform", "LOGISTIC")),
            Output = "scores",
            Rows = RuntimeAgreement.Batch(values[(3 * Players)..], Players),
            Background = RuntimeAgreement.Batch(values[..(3 * Players)], Players),
            Method = "tree",
        };
    }

    private static double Error(ExplanationReport report, ExplanationReport exact) => report.Rows.Zip(exact.Rows).Average(pair =>
        pair.First.Values[1].Zip(pair.Second.Values[1]).Average(values => Math.Abs(values.First - values.Second)));
}
