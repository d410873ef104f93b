using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Ensembles;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Tests;

namespace Governance.Audit.Tests.Ensembles;

/// <summary>Members of ensembles, and what they say of rows by themselves.</summary>
internal static class GivenMembers
{
    /// <summary>A member made of a file.</summary>
    public static EnsembleMember Of(string name, byte[] file, ModelEncoding? encoding = null) =>
        new(name, file, OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default), encoding);

    /// <summary>A model of samples/models with its encoding.</summary>
    public static EnsembleMember Sample(string name)
    {
        string folder = Path.Combine(Reference.Repository, "samples", "models", name);
        return Of(name, File.ReadAllBytes(Path.Combine(folder, "model.onnx")), ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))));
    }

    /// <summary>A model of the shared reference data with its encoding; skips where that is missing.</summary>
    public static EnsembleMember Shared(string name)
    {
        string folder = Reference.Path("data", "models", name);
        return Of(name, File.ReadAllBytes(Path.Combine(folder, "model.onnx")), ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))));
    }

    /// <summary>Rows of samples/hmda.</summary>
    public static Table Hmda(string split) => Read(Path.Combine(Reference.Repository, "samples", "hmda", split + ".csv"));

    /// <summary>A CSV file.</summary>
    public static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return TableFile.Read(stream, default);
    }

    /// <summary>Labelled rows.</summary>
    public static EnsembleData Labelled(Table table, string label) => new(table, new PerformanceOptions { Label = label });

    /// <summary>An ensemble's outputs for a table.</summary>
    public static Prediction Predict(EnsembleModel model, Table table)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model.File, new PredictorOptions { Provider = "cpu" }, default);
        return predictor.Predict(RowEncoder.For(predictor.Signature, model.Encoding, table).Encode(table), default);
    }

    /// <summary>A member's class probabilities by the rule that audits use: shape [rows, classes], in the order of the encoding.</summary>
    public static double[] Probabilities(EnsembleMember member, Table table) => Decide(member, table).Probabilities!;

    /// <summary>What a member decides by itself.</summary>
    public static Decisions Decide(EnsembleMember member, Table table)
    {
        InputBatch batch = RowEncoder.For(member.Predictor.Signature, member.Encoding, table).Encode(table);
        return new DecisionRule(member.Predictor.Signature, member.Encoding).Decide(member.Predictor.Predict(batch, default));
    }

    /// <summary>Ends the sessions.</summary>
    public static void Dispose(params EnsembleMember[] members)
    {
        foreach (EnsembleMember member in members)
        {
            member.Predictor.Dispose();
        }
    }
}
