using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations.Native;

/// <summary>A model file with encoded rows, one player an input element unless grouped.</summary>
internal sealed record NativeCase
{
    public required byte[] Model { get; init; }

    public required InputBatch Rows { get; init; }

    public required InputBatch Background { get; init; }

    public string Output { get; init; } = "y";

    public string Link { get; init; } = "identity";

    public string Method { get; init; } = "auto";

    public bool Interactions { get; init; }

    public int? Samples { get; init; }

    public double? UntilWidth { get; init; }

    public int Seed { get; init; } = 3;

    public int Threads { get; init; } = 1;

    public IReadOnlyList<Player>? Players { get; init; }

    public ExplanationReport Run()
    {
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(Model, run, default);
        ScorerOptions scoring = new() { Output = Output, AllClasses = true, Link = Link == "logit" ? ScoreLink.Logit : ScoreLink.Identity };
        using ModelScorer scorer = ModelScorer.Load(predictor, Model, run, scoring, default);
        scorer.Score(Rows.Slice(0, 1), default);
        return ExplainRows.Run(new ExplainRequest
        {
            Model = scorer.Score,
            Graph = new ModelGraph(Model),
            Outputs = scorer.ClassCount,
            Output = Output,
            ClassIndex = scorer.ClassIndex,
            Link = Link,
            Rows = Rows,
            Background = Background,
            BackgroundWeights = [.. Enumerable.Range(1, Background.Rows).Select(i => (double)i)],
            Players = Players ?? Player.OfElements(Rows, null),
            Method = Method,
            Interactions = Interactions,
            Samples = Samples,
            UntilWidth = UntilWidth,
            Seed = Seed,
            Threads = Threads,
        }, null, TimeProvider.System, default);
    }

    /// <summary>Runs the case and enumeration through the runtime, and compares values, predictions and interactions.</summary>
    public ExplanationReport AgreesWithEnumeration(string method, double tolerance)
    {
        ExplanationReport own = Run();
        ExplanationReport exact = (this with { Method = "exact" }).Run();
        Assert.Equal(method, own.Method);
        for (int row = 0; row < own.Rows.Count; row++)
        {
            for (int output = 0; output < own.BaseValue.Count; output++)
            {
                Assert.Equal(exact.BaseValue[output], own.BaseValue[output], tolerance);
                Assert.Equal(exact.Rows[row].Prediction[output], own.Rows[row].Prediction[output], tolerance);
                Assert.InRange(Math.Abs(own.Rows[row].AdditivityResidual[output]), 0, 1e-10);
                for (int player = 0; player < own.Features.Count; player++)
                {
                    Assert.Equal(exact.Rows[row].Values[output][player], own.Rows[row].Values[output][player], tolerance);
                    for (int other = 0; Interactions && other < own.Features.Count; other++)
                    {
                        Assert.Equal(
                            exact.Rows[row].Interactions![output][player][other], own.Rows[row].Interactions![output][player][other], 8 * tolerance);
                    }
                }
            }
        }

        return own;
    }
}
