using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Explanations of the model under attack, as the front door would compute them: log-odds shared out over columns.</summary>
public sealed class VictimExplanations : IDisposable
{
    // What the portal gives: at least 25 antithetic pairs, and the exact values wherever the graph allows them.
    private const int Samples = 256;
    private const int ReferenceRows = 20;

    private readonly Victim victim;
    private readonly ModelScorer scorer;
    private readonly ModelGraph graph;
    private readonly IReadOnlyList<Player> players;
    private readonly InputBatch reference;
    private readonly TimeProvider time;

    private VictimExplanations(
        Victim victim, ModelScorer scorer, ModelGraph graph, IReadOnlyList<Player> players, InputBatch reference, TimeProvider time)
    {
        this.victim = victim;
        this.scorer = scorer;
        this.graph = graph;
        this.players = players;
        this.reference = reference;
        this.time = time;
    }

    /// <summary>Prepares explanations; null for a model of several classes or without scores, whose explanations are not attacked.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="predictor">The same model, loaded.</param>
    /// <param name="model">Its bytes.</param>
    /// <param name="encoder">How readable rows become its inputs.</param>
    /// <param name="run">How the model is run.</param>
    /// <param name="time">The clock of the explainers; nothing here depends on it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static VictimExplanations? Of(
        Victim victim, OnnxPredictor predictor, byte[] model, RowEncoder encoder, PredictorOptions run, TimeProvider time, CancellationToken cancellationToken)
    {
        if (victim.ClassCount > 2 || !victim.HasScores)
        {
            return null;
        }

        ModelScorer scorer = ModelScorer.Load(
            predictor, model, run,
            new ScorerOptions
            {
                Link = victim.ClassCount == 2 ? ScoreLink.Logit : ScoreLink.Identity,
                Classes = encoder.Encoding.OrderedClasses,
                Roles = encoder.Encoding.Outputs.ToDictionary(output => output.Name, output => output.Role),
            },
            cancellationToken);
        InputBatch reference = victim.Encode(victim.Published.Head(ReferenceRows));
        scorer.Score(reference.Slice(0, 1), cancellationToken); // one row tells how many columns the output has
        return scorer.ClassCount == 1
            ? new VictimExplanations(victim, scorer, new ModelGraph(model), Players(encoder), reference, time)
            : Dispose(scorer);
    }

    /// <summary>Explains rows.</summary>
    /// <param name="rows">Shape [rows][width of the space], at least one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Shape [rows][columns]: in the order of the space's columns; log-odds of the second class, or units of the value.</returns>
    public double[][] Explain(IReadOnlyList<float[]> rows, CancellationToken cancellationToken)
    {
        ExplanationReport report = ExplainRows.Run(
            new ExplainRequest
            {
                Model = scorer.Score,
                Graph = graph,
                Deterministic = true,
                Outputs = 1,
                Output = scorer.Output,
                ClassIndex = scorer.ClassIndex,
                GraphColumns = scorer.GraphColumns,
                Link = scorer.Link == ScoreLink.Logit ? "logit" : "identity",
                Rows = victim.Encode(victim.Space.Read(rows)),
                RowIndices = [.. rows.Select(_ => 0)], // the same row has the same explanation, wherever it stands
                Background = reference,
                Players = players,
                Samples = Samples,
            },
            null, time, cancellationToken);
        return [.. report.Rows.Select(row => row.Values[0].ToArray())];
    }

    /// <summary>The weights of a linear model, read off the model itself: log-odds of the second class, or the value.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>As <see cref="CopiedModel.Form"/>; of a model that is not linear nothing of worth.</returns>
    public double[][] Form(CancellationToken cancellationToken)
    {
        IReadOnlyList<float[]> rows = EquationRows.OneAtATime(victim.Space);
        return [LinearEquations.Solve(victim.Space, rows, scorer.Score(victim.Encode(victim.Space.Read(rows)), cancellationToken))];
    }

    /// <inheritdoc/>
    public void Dispose() => scorer.Dispose();

    // One player a column, in the order of the space.
    private static Player[] Players(RowEncoder encoder) =>
    [
        .. encoder.Columns.Select(column => new Player(
            column, [.. encoder.Slots.Where(slot => slot.Column == column).Select(slot => new PlayerElement(slot.Input, slot.Offset))])),
    ];

    private static VictimExplanations? Dispose(ModelScorer scorer)
    {
        scorer.Dispose();
        return null;
    }
}
