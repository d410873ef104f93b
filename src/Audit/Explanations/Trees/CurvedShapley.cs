using Governance.Audit.Explanations.Interactions;

namespace Governance.Audit.Explanations.Trees;

/// <summary>
/// Shapley values of curved functions of trees, such as probabilities: exact where at most <see cref="MostEnumerated"/>
/// players differ between a row and a background row, else sampled with the exact values of the margins as control variate.
/// </summary>
internal sealed class CurvedShapley
{
    /// <summary>Up to so many differing players all coalitions are evaluated.</summary>
    public const int MostEnumerated = 16;

    private readonly CompiledForest forest;
    private readonly CurvedForms curved;
    private readonly (PairRow Row, double Weight)[] background;
    private readonly int players;

    /// <summary>Prepares the game.</summary>
    /// <param name="forest">The trees, one output a margin.</param>
    /// <param name="curved">The outputs as functions of the margins.</param>
    /// <param name="background">The background rows; weights add up to 1.</param>
    public CurvedShapley(CompiledForest forest, CurvedForms curved, (PairRow Row, double Weight)[] background)
    {
        this.forest = forest;
        this.curved = curved;
        this.background = background;
        players = forest.Forest.Players;
        BaseValue = new double[curved.Outputs];
        PairGame game = new(forest, curved);
        double[] values = new double[curved.Outputs];
        foreach ((PairRow row, double weight) in background)
        {
            game.Start(row, row);
            game.Outputs(0, values);
            for (int output = 0; output < values.Length; output++)
            {
                BaseValue[output] += weight * values[output];
            }
        }
    }

    /// <summary>Shape [outputs]: the mean output over the background.</summary>
    public double[] BaseValue { get; }

    /// <summary>Explains a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="interactions">Whether interactions are wanted; they are given where nothing was sampled.</param>
    /// <param name="budget">How much may be sampled.</param>
    /// <param name="random">The row's own stream.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public CurvedValues Explain(PairRow row, bool interactions, CurvedBudget budget, SeededRandom random, CancellationToken cancellationToken)
    {
        int outputs = curved.Outputs;
        PairGame game = new(forest, curved);
        double[] prediction = new double[outputs];
        game.Start(row, row);
        game.Outputs(0, prediction);
        double[] values = new double[outputs * players];
        double[]? pairs = interactions ? new double[values.Length * players] : null;
        double[] part = new double[outputs * MostEnumerated];
        double[] scaled = [];
        List<(PairRow Row, double Weight)> sampled = [];
        long evaluations = 0;
        foreach ((PairRow other, double weight) in background)
        {
            cancellationToken.ThrowIfCancellationRequested();
            game.Start(row, other);
            int differing = game.Players.Count;
            if (differing > MostEnumerated)
            {
                sampled.Add((other, weight));
                continue;
            }

            if (differing == 0)
            {
                continue;
            }

            ReadOnlySpan<double> table = game.Enumerate();
            evaluations += 1L << differing;
            Span<double> own = part.AsSpan(0, outputs * differing);
            ExactShapley.Compute(table, outputs, own);
            for (int i = 0; i < own.Length; i++)
            {
                values[(i / differing * players) + game.Players[i % differing]] += weight * own[i];
            }

            if (pairs is not null && sampled.Count == 0)
            {
                scaled = scaled.Length < table.Length ? new double[table.Length] : scaled;
                for (int i = 0; i < table.Length; i++)
                {
                    scaled[i] = weight * table[i];
                }

                PairInteractions.Add(scaled.AsSpan(0, table.Length), outputs, [.. game.Players], players, pairs);
            }
        }

        if (sampled.Count == 0)
        {
            return new CurvedValues(prediction, values, null, 0, pairs, evaluations, 0, true);
        }

        CurvedSampling sampling = new(forest, curved, row, sampled);
        bool reached = sampling.Run(budget, random, cancellationToken);
        double[] errors = sampling.AddTo(values);
        return new CurvedValues(
            prediction, values, errors, sampling.Quantile, null, evaluations + sampling.Evaluations, sampled.Sum(pair => pair.Weight), reached);
    }
}

/// <summary>How much may be sampled.</summary>
/// <param name="Samples">The most coalition evaluations a row, over the whole background each.</param>
/// <param name="UntilWidth">Stop when no 95 % interval is wider; null to spend all.</param>
internal readonly record struct CurvedBudget(int Samples, double? UntilWidth);

/// <summary>What came of a row.</summary>
/// <param name="Prediction">Shape [outputs].</param>
/// <param name="Values">Shape [outputs, players].</param>
/// <param name="StandardErrors">Likewise; null where nothing was sampled.</param>
/// <param name="Quantile">Half the width of an interval in standard errors.</param>
/// <param name="Interactions">Shape [outputs, players, players]; null where not asked for or not known.</param>
/// <param name="Evaluations">Coalitions evaluated.</param>
/// <param name="SampledWeight">The share of the background that was sampled.</param>
/// <param name="Converged">Whether the width asked for was reached.</param>
internal sealed record CurvedValues(
    double[] Prediction, double[] Values, double[]? StandardErrors, double Quantile, double[]? Interactions, long Evaluations, double SampledWeight,
    bool Converged);
