using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Tests;

namespace Governance.Audit.Tests.Inference;

/// <summary>One of the shared reference models with its manifest and reference rows.</summary>
internal sealed class ReferenceModel
{
    private readonly string folder;

    /// <summary>Skips the test where the reference folder is missing.</summary>
    public ReferenceModel(string name)
    {
        folder = Reference.Path("data", "models", name);
        File = System.IO.File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        Manifest = System.IO.File.ReadAllBytes(Path.Combine(folder, "manifest.json"));
        using FileStream rows = System.IO.File.OpenRead(Path.Combine(folder, "reference.csv"));
        Rows = CsvTable.Read(rows, default);
    }

    public byte[] File { get; }

    public byte[] Manifest { get; }

    /// <summary>Input columns and outputs of the training library.</summary>
    public Table Rows { get; }

    /// <summary>The data set that the model is for.</summary>
    public string Dataset => Root().GetProperty("dataset").GetString()!;

    /// <summary>The input columns of the reference rows alone, as a user's file would hold them.</summary>
    public Table InputColumns() => new([.. Root().GetProperty("reference").GetProperty("input_columns").EnumerateObject()
        .SelectMany(input => input.Value.EnumerateArray()).Select(column => Rows.Need(column.GetString()!))]);

    /// <summary>The reference rows encoded without an encoding.</summary>
    public InputBatch Encode()
    {
        using OnnxPredictor model = OnnxPredictor.Load(File, new PredictorOptions { Provider = "cpu" }, default);
        Table inputs = InputColumns();
        return RowEncoder.For(model.Signature, null, inputs).Encode(inputs);
    }

    /// <summary>The largest distance of a prediction from the reference in units of the manifest's tolerance, over its first rows.</summary>
    public double WorstError(Prediction prediction)
    {
        JsonElement root = Root();
        JsonElement reference = root.GetProperty("reference");
        double tolerance = reference.GetProperty("tolerance").GetDouble();
        double relative = reference.GetProperty("relative_tolerance").GetDouble();
        JsonElement roles = root.GetProperty("output_roles");
        OutputValues scores = prediction[roles.GetProperty("probabilities").GetString()!];
        string[] columns = [.. reference.GetProperty("output_columns").GetProperty("probabilities").EnumerateArray().Select(column => column.GetString()!)];
        string[]? labels = root.GetProperty("class_labels").ValueKind == JsonValueKind.Array
            ? [.. root.GetProperty("class_labels").EnumerateArray().Select(label => label.ToString())] : null;
        double worst = 0;
        for (int row = 0; row < Rows.Rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                int place = labels is not null && scores.Classes is not null && labels.All(scores.Classes.Contains)
                    ? scores.Classes.ToList().IndexOf(labels[i]) : i;
                double expected = Rows.Need(columns[i]).Number(row);
                double error = Math.Abs(expected - scores.Numbers![(row * scores.Width) + place]);
                worst = Math.Max(worst, error / (tolerance + (relative * Math.Abs(expected))));
            }

            if (roles.GetProperty("label").GetString() is string label)
            {
                OutputValues chosen = prediction[label];
                string text = chosen.Texts?[row] ?? chosen.Numbers![row].ToString();
                worst = text == Rows.Need("out_label").Text(row) ? worst : double.PositiveInfinity;
            }
        }

        return worst;
    }

    private JsonElement Root() => JsonDocument.Parse(Manifest).RootElement;
}
