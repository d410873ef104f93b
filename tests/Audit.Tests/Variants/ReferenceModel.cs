using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Audit.Variants;
using Governance.Tests;

namespace Governance.Audit.Tests.Variants;

/// <summary>A model of the reference folder with the rows of its data set.</summary>
internal sealed class ReferenceModel : IDisposable
{
    private readonly OnnxPredictor predictor;
    private readonly Table test;
    private readonly Lazy<VariantRows> training;

    public ReferenceModel(string name)
    {
        string folder = Reference.Path("data", "models", name);
        string data = name[..name.LastIndexOf('_')] switch
        {
            "digits" or "german_credit" or "adult" => name[..name.LastIndexOf('_')],
            "attrition_income" => "attrition",
            _ => "hmda",
        };
        File = System.IO.File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        Encoding = ModelEncoding.Read(System.IO.File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        predictor = OnnxPredictor.Load(File, new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = new(predictor.Signature, Encoding);
        test = NativeExplanation.Open(Reference.Path("data", "datasets", data, "test.csv"));
        Test = encoder.Encode(test);
        string label = data switch { "digits" => "digit", "german_credit" => "credit_risk", "adult" => "income", "attrition" => "monthly_income", _ => "deny" };
        Calibration = VariantRows.Of(predictor.Signature, Encoding, NativeExplanation.Open(Reference.Path("data", "datasets", data, "validation.csv")), label);
        training = new Lazy<VariantRows>(() => VariantRows.Of(predictor.Signature, Encoding, NativeExplanation.Open(Reference.Path("data", "datasets", data, "train.csv")), label));
        Label = test.Need(label);
    }

    public byte[] File { get; }

    public ModelEncoding Encoding { get; }

    public InputBatch Test { get; }

    public VariantRows Calibration { get; }

    public VariantRows Training => training.Value;

    private Column Label { get; }

    /// <summary>The share of test rows that a model with the same inputs and outputs decides as they are labelled.</summary>
    public double Accuracy(byte[] file)
    {
        using OnnxPredictor other = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        string[] said = new DecisionRule(other.Signature, Encoding).Decide(other.Predict(Test, default), test, Test).Predicted!;
        return Enumerable.Range(0, said.Length).Count(row => said[row] == Label.Text(row)) / (double)said.Length;
    }

    /// <summary>The share of test rows that another model with the same inputs and outputs decides as this one does.</summary>
    public double Agreement(byte[] file)
    {
        using OnnxPredictor other = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);
        string[] theirs = new DecisionRule(other.Signature, Encoding).Decide(other.Predict(Test, default), test, Test).Predicted!;
        string[] ours = new DecisionRule(predictor.Signature, Encoding).Decide(predictor.Predict(Test, default), test, Test).Predicted!;
        return ours.Zip(theirs, (a, b) => a == b ? 1.0 : 0).Average();
    }

    public void Dispose() => predictor.Dispose();
}
