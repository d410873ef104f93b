using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;

namespace Governance.Audit.Tests.Variants;

/// <summary>A model of the reference folder with the rows of its data set.</summary>
internal sealed class ReferenceModel : IDisposable
{
    private readonly OnnxPredictor predictor;
    private readonly Table test;

    public ReferenceModel(string name)
    {
        string folder = Reference.Path("data", "models", name);
        string data = name[..name.LastIndexOf('_')] switch { "digits" => "digits", "german_credit" => "german_credit", _ => "hmda" };
        File = System.IO.File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        Encoding = ModelEncoding.Read(System.IO.File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        predictor = OnnxPredictor.Load(File, new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = new(predictor.Signature, Encoding);
        test = NativeExplanation.Open(Reference.Path("data", "datasets", data, "test.csv"));
        Test = encoder.Encode(test);
        Calibration = encoder.Encode(NativeExplanation.Open(Reference.Path("data", "datasets", data, "validation.csv")));
        Training = encoder.Encode(NativeExplanation.Open(Reference.Path("data", "datasets", data, "train.csv")));
        Label = test.Need(data switch { "digits" => "digit", "german_credit" => "credit_risk", _ => "deny" });
    }

    public byte[] File { get; }

    public ModelEncoding Encoding { get; }

    public InputBatch Test { get; }

    public InputBatch Calibration { get; }

    public InputBatch Training { get; }

    private Column Label { get; }

    /// <summary>The share of test rows that a model with the same inputs and outputs decides as they are labelled.</summary>
    public double Accuracy(byte[] file)
    {
        using OnnxPredictor other = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        string[] said = new DecisionRule(other.Signature, Encoding).Decide(other.Predict(Test, default), test, Test).Predicted!;
        return Enumerable.Range(0, said.Length).Count(row => said[row] == Label.Text(row)) / (double)said.Length;
    }

    public void Dispose() => predictor.Dispose();
}
