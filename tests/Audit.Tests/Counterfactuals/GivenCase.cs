using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Counterfactuals;

/// <summary>The committed mortgage models with their applicants.</summary>
internal sealed class GivenCase : IDisposable
{
    public GivenCase(string model)
    {
        string folder = Path.Combine(Reference.Repository, "samples", "models", model);
        Predictor = OnnxPredictor.Load(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), new PredictorOptions { Provider = "cpu" }, default);
        using FileStream file = File.OpenRead(Path.Combine(Reference.Repository, "samples", "hmda", "test.csv"));
        Table = CsvTable.Read(file, default);
        Encoder = RowEncoder.For(Predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))), Table);
        Rule = new DecisionRule(Predictor.Signature, Encoder.Encoding);
        Decisions = Rule.Decide(Predictor.Predict(Encoder.Encode(Table), default));
        Declined = [.. Enumerable.Range(0, Table.Rows).Where(row => Decisions.Predicted![row] == "yes")];
    }

    public OnnxPredictor Predictor { get; }

    public Table Table { get; }

    public RowEncoder Encoder { get; }

    public DecisionRule Rule { get; }

    public Decisions Decisions { get; }

    /// <summary>The rows that the model would deny.</summary>
    public int[] Declined { get; }

    public CounterfactualReport Find(int row, ActionConstraints? constraints = null, int count = 1, string? target = "no") => FindCounterfactuals.Run(
        new CounterfactualRequest
        {
            Predictor = Predictor,
            Encoder = Encoder,
            Data = Table,
            Row = row,
            Population = Table,
            Target = target,
            Constraints = constraints ?? ActionConstraints.None,
            Count = count,
        },
        TimeProvider.System, default);

    /// <summary>The least cost of a random search with this many evaluations.</summary>
    public double Random(int row, ActionConstraints constraints, int evaluations)
    {
        ActionSpace space = ActionSpace.Make(Encoder, Table, Encoder.Encode(Table.Head(1)), Table, row, constraints);
        TargetJudge judge = new(Rule, new CounterfactualTarget("no"), Decisions);
        return RandomRestart.Run(
            space.Columns, (states, token) => judge.Judge(Rule.Decide(Predictor.Predict(Encoder.Encode(space.Rows(states)), token))),
            evaluations, constraints.MaxChanges ?? int.MaxValue, row);
    }

    public void Dispose() => Predictor.Dispose();
}
