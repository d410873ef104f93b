using Governance.Audit.Statistics;

namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// Sampled Shapley values of curved functions of trees: orders of the players with their reverses, for what is left of
/// the function when its slope times the margins, whose values are known exactly, is taken away.
/// </summary>
/// <remarks>
/// A round draws one order for every background row and walks it both ways. Rounds are independent and unbiased, so
/// their spread gives standard errors (Student's t). Slopes are fixed before anything is drawn.
/// </remarks>
internal sealed class CurvedSampling
{
    private const int LeastRounds = 8;

    // Where on the way from the background row to the row slopes are taken: the points of Gauss and Legendre.
    private static readonly (double Q, double Weight)[] SlopePoints = Quadrature.Points(3);

    private readonly PairGame game;
    private readonly CurvedForms curved;
    private readonly PairRow row;
    private readonly List<(PairRow Row, double Weight)> background;
    private readonly int players;
    private readonly int outputs;
    private readonly int margins;
    private readonly double[] sums;
    private readonly double[] squares;
    private int rounds;

    /// <summary>Prepares the sampling of a row.</summary>
    /// <param name="forest">The trees, one output a margin.</param>
    /// <param name="curved">The outputs as functions of the margins.</param>
    /// <param name="row">The row.</param>
    /// <param name="background">The background rows that are sampled.</param>
    public CurvedSampling(CompiledForest forest, CurvedForms curved, PairRow row, List<(PairRow Row, double Weight)> background)
    {
        game = new PairGame(forest, curved);
        this.curved = curved;
        this.row = row;
        this.background = background;
        players = forest.Forest.Players;
        outputs = curved.Outputs;
        margins = forest.Forest.Outputs;
        sums = new double[outputs * players];
        squares = new double[sums.Length];
    }

    /// <summary>Coalitions evaluated.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Half the width of a 95 % interval in standard errors.</summary>
    public double Quantile => StudentQuantile.At(Math.Max(1, rounds - 1), 0.975);

    /// <summary>Samples until the budget is spent or the width is reached; true unless a width asked for was missed.</summary>
    public bool Run(CurvedBudget budget, SeededRandom random, CancellationToken cancellationToken)
    {
        int most = Math.Max(LeastRounds, budget.Samples / (2 * (players + 1)));
        while (rounds < most)
        {
            int batch = Math.Min(budget.UntilWidth is null ? most : LeastRounds, most - rounds);
            Draw(batch, ref random, cancellationToken);
            if (budget.UntilWidth is double width && Widest() <= width)
            {
                return true;
            }
        }

        return budget.UntilWidth is null;
    }

    /// <summary>Adds the means of the rounds to values.</summary>
    /// <param name="values">Shape [outputs, players].</param>
    /// <returns>The standard errors, of the same shape.</returns>
    public double[] AddTo(Span<double> values)
    {
        double[] errors = new double[values.Length];
        for (int i = 0; i < errors.Length; i++)
        {
            values[i] += sums[i] / rounds;
            errors[i] = Error(i);
        }

        return errors;
    }

    private double Error(int i) => Math.Sqrt(Math.Max(squares[i] - (sums[i] * sums[i] / rounds), 0) / (rounds - 1) / rounds);

    private double Widest()
    {
        double widest = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            widest = Math.Max(widest, 2 * Quantile * Error(i));
        }

        return widest;
    }

    private void Draw(int batch, ref SeededRandom random, CancellationToken cancellationToken)
    {
        double[][] drawn = [.. Enumerable.Range(0, batch).Select(_ => new double[sums.Length])];
        foreach ((PairRow other, double weight) in background)
        {
            cancellationToken.ThrowIfCancellationRequested();
            game.Start(row, other);
            int differing = game.Players.Count;
            double[] slopes = Slopes(differing);
            double[] known = Known(slopes, differing);
            int[] order = [.. Enumerable.Range(0, differing)];
            foreach (double[] round in drawn)
            {
                for (int i = differing - 1; i > 0; i--)
                {
                    int j = random.NextBelow(i + 1);
                    (order[i], order[j]) = (order[j], order[i]);
                }

                Walk(order, slopes, weight / 2, round);
                Array.Reverse(order);
                Walk(order, slopes, weight / 2, round);
                for (int i = 0; i < known.Length; i++)
                {
                    round[(i / differing * players) + game.Players[i % differing]] += weight * known[i];
                }
            }
        }

        foreach (double[] round in drawn)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += round[i];
                squares[i] += round[i] * round[i];
            }
        }

        rounds += batch;
        Evaluations += 2L * batch * (players + 1);
    }

    private void Walk(int[] order, double[] slopes, double weight, double[] round)
    {
        Span<double> before = stackalloc double[outputs];
        Span<double> after = stackalloc double[outputs];
        Rest(0, slopes, before);
        ulong coalition = 0;
        foreach (int bit in order)
        {
            coalition |= 1UL << bit;
            Rest(coalition, slopes, after);
            for (int output = 0; output < outputs; output++)
            {
                round[(output * players) + game.Players[bit]] += weight * (after[output] - before[output]);
            }

            after.CopyTo(before);
        }
    }

    // The outputs of a coalition less slopes times margins.
    private void Rest(ulong coalition, double[] slopes, Span<double> values)
    {
        Span<double> at = stackalloc double[margins];
        game.Margins(coalition, at);
        curved.Evaluate(at, values);
        for (int output = 0; output < outputs; output++)
        {
            for (int margin = 0; margin < margins; margin++)
            {
                values[output] -= slopes[(output * margins) + margin] * at[margin];
            }
        }
    }

    // Shape [outputs, margins]: mean slopes on the straight way between the two rows.
    private double[] Slopes(int differing)
    {
        double[] slopes = new double[outputs * margins];
        double[] from = new double[margins];
        double[] to = new double[margins];
        double[] low = new double[outputs];
        double[] high = new double[outputs];
        game.Margins(0, from);
        game.Margins(differing == 64 ? ulong.MaxValue : (1UL << differing) - 1, to);
        foreach ((double q, double weight) in SlopePoints)
        {
            double[] at = [.. from.Zip(to, (a, b) => a + (q * (b - a)))];
            for (int margin = 0; margin < margins; margin++)
            {
                double step = 1e-4 * (1 + Math.Abs(at[margin]));
                double middle = at[margin];
                at[margin] = middle - step;
                curved.Evaluate(at, low);
                at[margin] = middle + step;
                curved.Evaluate(at, high);
                at[margin] = middle;
                for (int output = 0; output < outputs; output++)
                {
                    double slope = (high[output] - low[output]) / (2 * step);
                    slopes[(output * margins) + margin] += double.IsFinite(slope) ? weight * slope : 0;
                }
            }
        }

        return slopes;
    }

    // Shape [outputs, differing]: slopes times the margins' exact values.
    private double[] Known(double[] slopes, int differing)
    {
        double[] exact = new double[margins * differing];
        game.MarginValues(exact);
        double[] known = new double[outputs * differing];
        for (int i = 0; i < known.Length; i++)
        {
            for (int margin = 0; margin < margins; margin++)
            {
                known[i] += slopes[(i / differing * margins) + margin] * exact[(margin * differing) + (i % differing)];
            }
        }

        return known;
    }
}
