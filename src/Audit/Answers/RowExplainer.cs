using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Answers;

/// <summary>Explains single rows of one version against its reference rows, which nobody is shown.</summary>
internal sealed class RowExplainer : IDisposable
{
    private const int BackgroundRows = 100;

    private readonly HostedModel model;
    private readonly ModelGraph graph;
    private readonly ModelScorer scorer;
    private readonly InputBatch background;
    private readonly bool predictedClass;

    /// <summary>Prepares it.</summary>
    /// <exception cref="InputException">There are no reference rows, or the model gives labels alone.</exception>
    public RowExplainer(HostedModel model, byte[] file)
    {
        this.model = model;
        Table reference = model.Reference?.Data.Table
            ?? throw new InputException("The version was never audited, so there are no reference rows to explain against.");
        if (model.Rule.ScoreOutput is null)
        {
            throw new InputException("The model gives labels only; there is no number to split among the features.");
        }

        graph = new ModelGraph(file);
        background = model.Encoder.Encode(reference.Head(BackgroundRows));
        int? position = model.Rule.Positive is string positive && model.Rule.Classes is { } classes ? classes.ToList().IndexOf(positive) : null;
        predictedClass = position is null && model.Rule.Classes is { Count: > 2 };
        scorer = ModelScorer.Load(
            model.Predictor, file, new PredictorOptions { Provider = "cpu", RunLimit = HostedModel.RunLimit },
            new ScorerOptions
            {
                ClassIndex = position,
                AllClasses = predictedClass,
                Classes = model.Encoder.Encoding.OrderedClasses,
                Roles = model.Encoder.Encoding.Outputs.ToDictionary(output => output.Name, output => output.Role),
            },
            CancellationToken.None);

        // One row tells how many columns the output has.
        scorer.Score(background.Slice(0, 1), CancellationToken.None);
    }

    /// <summary>Explains a row. The same row and seed give the same bits.</summary>
    public (IReadOnlyList<string> Features, IReadOnlyList<double> Values, double BaseValue) Run(
        InputBatch row, int seed, CancellationToken cancellationToken)
    {
        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = scorer.Score,
                Graph = graph,
                Deterministic = true,
                Outputs = scorer.ClassCount,
                Output = scorer.Output,
                ClassIndex = scorer.ClassIndex,
                GraphColumns = scorer.GraphColumns,
                Classes = predictedClass ? model.Rule.Classes : scorer.Classes,
                PredictedClassOnly = predictedClass,
                Provider = model.Predictor.Provider,
                Rows = row,
                Background = background,
                Players = model.Encoder.Players(),
                Seed = seed,
            },
            null, TimeProvider.System, cancellationToken);
        ExplainedRow explained = report.Rows[0];
        IReadOnlyList<double> starts = explained.BaseValue ?? report.BaseValue;
        return (report.Features, explained.Values[0], starts[starts.Count > (explained.ClassIndex ?? 0) ? explained.ClassIndex ?? 0 : 0]);
    }

    /// <inheritdoc/>
    public void Dispose() => scorer.Dispose();
}
