using Governance.Audit.Inference;
using Governance.Audit.Inference.Forms;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Tests.Inference.Forms;

/// <summary>Compares what forms say with what ONNX Runtime computes.</summary>
internal static class RuntimeAgreement
{
    /// <summary>The largest difference over all elements of an output, in units of 1 + |value|.</summary>
    public static double Worst(byte[] model, string output, InputBatch batch)
    {
        using OnnxPredictor predictor = OnnxPredictor.Load(model, new PredictorOptions { Provider = "cpu" }, default);
        OutputValues expected = predictor.Predict(batch, default)[output];
        (FormTensor forms, FeatureTable features) = Read(model, output, batch);
        Assert.NotNull(forms.Columns);
        double[] values = FormEvaluator.Evaluate(forms.Columns, features);
        Assert.Equal(expected.Numbers!.Length, values.Length);
        return values.Zip(expected.Numbers).Max(pair =>
            double.IsNaN(pair.First) && double.IsNaN(pair.Second) ? 0 : Math.Abs(pair.First - pair.Second) / (1 + Math.Abs(pair.Second)));
    }

    /// <summary>The forms of an output and the features that they read.</summary>
    public static (FormTensor Forms, FeatureTable Features) Read(byte[] model, string output, InputBatch batch)
    {
        ModelProto proto = ModelFile.Parse(model);
        FormTensor forms = ReadForms.Read(proto, [.. batch.Tensors.Select(tensor => new InputSpec(tensor.Name, tensor.Kind, tensor.RowShape, 0))], output).Value!;
        if (forms.Columns is null)
        {
            return (forms, new FeatureTable(batch.Rows, []));
        }

        FormReads reads = FormReads.Of(forms.Columns);
        using FetchFeatures fetch = FetchFeatures.Prepare(proto, reads.Tensors, reads.Tested, default);
        return (forms, fetch.Read(batch, default));
    }

    /// <summary>A batch of one input "x".</summary>
    public static InputBatch Batch(float[] values, int width) => new([new InputTensor("x", values, width, [width])]);
}
