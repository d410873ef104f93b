using System.Diagnostics;

namespace Governance.Audit.Explanations;

/// <summary>Explains one row after another with a settled method.</summary>
internal sealed class RowExplainer
{
    private readonly ExplainRequest request;
    private readonly ChosenMethod method;
    private readonly MaskedBackground background;
    private readonly CountedModel model;
    private readonly double[] baseValue;
    private readonly int threads;
    private long evaluations;

    public RowExplainer(
        ExplainRequest request, ChosenMethod method, MaskedBackground background, CountedModel model, double[] baseValue, int threads)
    {
        this.request = request;
        this.method = method;
        this.background = background;
        this.model = model;
        this.baseValue = baseValue;
        this.threads = threads;
    }

    /// <summary>Coalitions evaluated so far, empty and full included.</summary>
    public long Evaluations => Interlocked.Read(ref evaluations);

    /// <summary>Explains a row of the request; safe to call from several threads.</summary>
    public ExplainedRow Explain(int row, CancellationToken cancellationToken)
    {
        MaskedGame game = new(background, request.Rows.Slice(row, 1), model, baseValue);
        int index = request.RowIndices?[row] ?? row;
        return method.Name == ExplanationMethods.Exact
            ? Exact(game, index, cancellationToken)
            : Kernel(game, index, cancellationToken);
    }

    private ExplainedRow Exact(MaskedGame game, int index, CancellationToken cancellationToken)
    {
        int players = background.Players.Count;
        CoalitionSet all = CoalitionSet.All(players);
        double[] values = game.Value(all, threads, cancellationToken);
        double[] attribution = new double[baseValue.Length * players];
        ExactShapley.Compute(values, baseValue.Length, attribution);
        Interlocked.Add(ref evaluations, all.Count);
        return Row(index, game.Full.Span, attribution, null, 0);
    }

    private ExplainedRow Kernel(MaskedGame game, int index, CancellationToken cancellationToken)
    {
        int players = background.Players.Count;
        PairedCoalitions design = PairedCoalitions.Draw(players, method.Samples, new SeededRandom(request.Seed, index));
        double[] values = game.Value(design.Coalitions, threads, cancellationToken);
        double[] attribution = new double[baseValue.Length * players];
        double[] errors = new double[attribution.Length];
        KernelFit fit = KernelShapley.Estimate(design, values, baseValue, game.Full.Span, attribution, errors);
        Interlocked.Add(ref evaluations, design.Coalitions.Count + 2);
        return fit switch
        {
            KernelFit.Exact => Row(index, game.Full.Span, attribution, null, 0),
            KernelFit.Estimated => Row(index, game.Full.Span, attribution, errors, design.Quantile(0.975)),
            KernelFit.WithoutErrors => Row(index, game.Full.Span, attribution, null, 0),

            // All coalitions of size 1 are always there, and they alone give the regression full rank.
            KernelFit.Singular => throw new UnreachableException("The paired design lost its rank."),
            _ => throw new UnreachableException(),
        };
    }

    private ExplainedRow Row(int index, ReadOnlySpan<double> full, double[] attribution, double[]? errors, double quantile)
    {
        int players = background.Players.Count;
        int outputs = baseValue.Length;
        double[][] values = new double[outputs][];
        double[][]? spread = errors is null ? null : new double[outputs][];
        double[][][]? intervals = errors is null ? null : new double[outputs][][];
        double[] residual = new double[outputs];
        for (int output = 0; output < outputs; output++)
        {
            values[output] = attribution.AsSpan(output * players, players).ToArray();
            residual[output] = full[output] - baseValue[output] - values[output].Sum();
            if (errors is not null)
            {
                double[] error = errors.AsSpan(output * players, players).ToArray();
                spread![output] = error;
                intervals![output] =
                    [.. values[output].Select((value, player) => new[] { value - (quantile * error[player]), value + (quantile * error[player]) })];
            }
        }

        return new ExplainedRow
        {
            Row = index,
            Prediction = full.ToArray(),
            Values = values,
            StandardErrors = spread,
            Interval = intervals,
            AdditivityResidual = residual,
        };
    }
}
