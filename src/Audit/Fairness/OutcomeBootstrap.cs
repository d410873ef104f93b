using Governance.Audit.Performance;
using Governance.Audit.Statistics.Resampling;

namespace Governance.Audit.Fairness;

/// <summary>Resamples decisions without scores and weights by their counts: group × label × prediction.</summary>
/// <remarks>Exactly the distribution of drawing rows one by one, in O(resamples · groups), whatever the rows.</remarks>
internal static class OutcomeBootstrap
{
    private const int Cells = BinaryFigures.Cells;

    /// <summary>Runs it.</summary>
    /// <param name="decisions">Labels and predictions.</param>
    /// <param name="codes">Shape [rows]: the group's index, -1 for none.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="options">Resamples, seed, level and method.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    public static GroupBootstrap Run(
        BinaryDecisions decisions, int[] codes, int groups, BootstrapOptions options, CancellationToken cancellationToken)
    {
        // Rows without a group are the last kinds: they are drawn too, and count in all rows.
        int[] sizes = new int[(groups + 1) * Cells];
        for (int row = 0; row < codes.Length; row++)
        {
            int group = codes[row] < 0 ? groups : codes[row];
            sizes[(group * Cells) + CellOf(decisions.Label[row], decisions.Prediction[row])]++;
        }

        int width = BinaryFigures.All.Count;
        bool favourableIsPositive = decisions.FavourableIsPositive;
        BootstrapResult result = Bootstrap.OfKinds(sizes, (groups + 1) * width, Compute, options, cancellationToken);
        return new GroupBootstrap(BinaryFigures.All, groups, result.AllDraws, result.AllInfluences, options);

        void Compute(ReadOnlySpan<int> counts, Span<double> figures)
        {
            Span<double> own = stackalloc double[Cells];
            Span<double> all = stackalloc double[Cells];
            all.Clear();
            for (int group = 0; group <= groups; group++)
            {
                for (int cell = 0; cell < Cells; cell++)
                {
                    own[cell] = counts[(group * Cells) + cell];
                    all[cell] += own[cell];
                }

                BinaryFigures.FromCells(group < groups ? own : all, favourableIsPositive, figures.Slice(group * width, width));
            }
        }
    }

    /// <summary>The place of a row among the cells of <see cref="BinaryFigures.FromCells"/>.</summary>
    public static int CellOf(sbyte label, sbyte prediction) => (label, prediction) switch
    {
        (1, 1) => 0,
        (0, 1) => 1,
        (0, 0) => 2,
        (1, 0) => 3,
        (_, 1) => 4,
        _ => 5,
    };
}
