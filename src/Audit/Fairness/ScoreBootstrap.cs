using Governance.Audit.Explanations;
using Governance.Audit.Performance;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>Resamples decisions with scores or weights: rates, mean scores, areas and losses of all groups, drawn together.</summary>
/// <remarks>
/// Rows lie sorted by group and score (<see cref="ScoreArrangement"/>). A resample first draws how many rows come from each
/// group, a multinomial draw, then that many rows of the group's own stretch; together that is drawing rows one by one.
/// One sweep over the counts gives every figure; no row is copied and nothing is sorted again. O(resamples · rows).
/// </remarks>
internal static class ScoreBootstrap
{
    /// <summary>Runs it.</summary>
    /// <param name="decisions">Labels, predictions, scores and weights.</param>
    /// <param name="order">The rows in ascending order of score.</param>
    /// <param name="codes">Shape [rows]: the group's index, -1 for none.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="probabilities">Whether every score lies in [0, 1], so that losses are defined.</param>
    /// <param name="options">Resamples, seed, level and method.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static GroupBootstrap Run(
        BinaryDecisions decisions, int[] order, int[] codes, int groups, bool probabilities, BootstrapOptions options,
        CancellationToken cancellationToken)
    {
        ScoreArrangement rows = new(decisions, order, codes, groups, probabilities);
        string[] metrics =
        [
            .. BinaryFigures.All,
            .. decisions.Score.IsEmpty ? [] : (string[])["mean_score", "roc_auc"],
            .. decisions.Score.IsEmpty || !probabilities ? [] : (string[])["brier", "log_loss"],
        ];
        int figures = (groups + 1) * metrics.Length;
        double[] draws = Bootstrap.Draws(figures, options, () => new Scratch(rows), Draw, cancellationToken);
        Influence[] influences = options.Method == BootstrapMethod.Bca
            ? LeftOut(rows, decisions.FavourableIsPositive, metrics.Length, options.Seed, cancellationToken)
            : new Influence[figures];
        return new GroupBootstrap(metrics, groups, draws, influences, options);

        void Draw(ref SeededRandom random, Scratch scratch, Span<double> row)
        {
            ResampleCounts.OfKinds(ref random, rows.Sizes, scratch.Drawn);
            Array.Clear(scratch.Counts);
            for (int group = 0; group < scratch.Drawn.Length; group++)
            {
                (int start, int end) = rows.Stretch(group);
                ResampleCounts.Add(ref random, scratch.Drawn[group], scratch.Counts.AsSpan(start, end - start));
            }

            Compute(rows, decisions.FavourableIsPositive, scratch, row, metrics.Length);
        }
    }

    private static void Compute(ScoreArrangement rows, bool favourableIsPositive, Scratch scratch, Span<double> figures, int width)
    {
        ScoreSums all = default;
        int groups = rows.Groups;
        for (int group = 0; group <= groups; group++)
        {
            ScoreSums own = rows.Sweep(group, scratch.Counts);
            all.Add(own);
            if (group < groups)
            {
                own.Write(favourableIsPositive, figures.Slice(group * width, width));
            }
        }

        all.Area = width > BinaryFigures.All.Count ? rows.AreaOfAll(scratch.Counts) : double.NaN;
        all.Write(favourableIsPositive, figures.Slice(groups * width, width));
    }

    private static Influence[] LeftOut(
        ScoreArrangement rows, bool favourableIsPositive, int width, int seed, CancellationToken cancellationToken)
    {
        int[] blocks = Bootstrap.Blocks(rows.Rows, seed);
        int parts = Math.Min(rows.Rows, Bootstrap.MostBlocks);
        int figures = (rows.Groups + 1) * width;
        double[] without = new double[parts * figures];
        Scratch scratch = new(rows);
        for (int part = 0; part < parts; part++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int place = 0; place < scratch.Counts.Length; place++)
            {
                scratch.Counts[place] = blocks[place] == part ? (byte)0 : (byte)1;
            }

            Compute(rows, favourableIsPositive, scratch, without.AsSpan(part * figures, figures), width);
        }

        return Bootstrap.Columns(without, figures, parts, []);
    }

    private sealed class Scratch(ScoreArrangement rows)
    {
        public byte[] Counts { get; } = new byte[rows.Rows];

        public int[] Drawn { get; } = new int[rows.Groups + 1];
    }
}
