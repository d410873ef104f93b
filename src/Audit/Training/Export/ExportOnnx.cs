using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Trees;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Training.Export;

/// <summary>Writes trained models as ONNX files.</summary>
/// <remarks>
/// One float input "input" of shape [N, features]. A classifier has the outputs "label" (text, shape [N]) and
/// "probabilities" (shape [N, classes]); a regression has "value" (shape [N, 1]). Two classes leave through a softmax
/// of [0, log-odds], which is the logistic function, so that every classifier ends the same way; calibrated ones go
/// through their isotonic curves after it, and their label is the class of the largest calibrated probability.
/// </remarks>
public static class ExportOnnx
{
    private const string Input = "input";

    /// <summary>Writes a logistic regression.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">The names of the negative and the positive class.</param>
    /// <param name="calibration">Curves for its probabilities; null for none.</param>
    public static byte[] Write(LogisticModel model, IReadOnlyList<string> classes, ProbabilityCalibration? calibration = null)
    {
        CheckClasses(classes, 2);
        int features = model.Features.Count;
        float[] weights = new float[2 * features];
        for (int feature = 0; feature < features; feature++)
        {
            weights[(2 * feature) + 1] = (float)model.Coefficients[feature];
        }

        return Classified(Linear(weights, [0, (float)model.Intercept]), classes, calibration);
    }

    /// <summary>Writes a linear regression.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Write(LinearModel model) =>
        Linear([.. model.Coefficients.Select(value => (float)value)], [(float)model.Intercept], "value").Output("value", DataType.Float, 1).Build();

    /// <summary>Writes a logistic regression of several classes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">The names of the classes, in their order.</param>
    /// <param name="calibration">Curves for its probabilities; null for none.</param>
    public static byte[] Write(MultinomialModel model, IReadOnlyList<string> classes, ProbabilityCalibration? calibration = null)
    {
        CheckClasses(classes, model.Classes);
        int features = model.Features.Count;
        float[] weights = new float[features * model.Classes];
        for (int k = 0; k < model.Classes; k++)
        {
            for (int feature = 0; feature < features; feature++)
            {
                weights[(feature * model.Classes) + k] = (float)model.Coefficients[k][feature];
            }
        }

        return Classified(Linear(weights, [.. model.Intercepts.Select(value => (float)value)]), classes, calibration);
    }

    /// <summary>Writes boosted trees.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">The names of the classes, in their order; empty for a regression.</param>
    /// <param name="calibration">Curves for its probabilities; null for none, and for a regression.</param>
    public static byte[] Write(TreesModel model, IReadOnlyList<string> classes, ProbabilityCalibration? calibration = null)
    {
        GraphBuilder graph = new GraphBuilder().Input(Input, model.Features.Count);
        bool regression = model.Task == TreesTask.Regression;
        TreeAttributes trees = new(model);
        graph.Node("TreeEnsembleRegressor", "ai.onnx.ml", [Input], regression ? "value" : "logits", trees.ToAttributes());
        if (regression)
        {
            CheckRegression(classes, calibration);
            return graph.Output("value", DataType.Float, 1).Build();
        }

        CheckClasses(classes, model.Classes);
        return Classified(graph, classes, calibration);
    }

    /// <summary>Writes a network.</summary>
    /// <param name="model">The model.</param>
    /// <param name="classes">The names of the classes, in their order; empty for a regression.</param>
    /// <param name="calibration">Curves for its probabilities; null for none, and for a regression.</param>
    public static byte[] Write(NetworkModel model, IReadOnlyList<string> classes, ProbabilityCalibration? calibration = null)
    {
        int features = model.Features.Count;
        GraphBuilder graph = new GraphBuilder().Input(Input, features)
            .Floats("means", model.Means, features)
            .Floats("scales", model.Scales, features)
            .Node("Sub", [Input, "means"], "centred")
            .Node("Div", ["centred", "scales"], "scaled");
        string value = "scaled";
        for (int i = 0; i < model.Layers.Count; i++)
        {
            NetworkLayer layer = model.Layers[i];
            bool last = i == model.Layers.Count - 1;
            string sums = last ? "logits" : $"sums{i}";
            graph.Floats($"weights{i}", layer.Weights, layer.Inputs, layer.Outputs).Floats($"biases{i}", layer.Biases, layer.Outputs)
                .Node("Gemm", [value, $"weights{i}", $"biases{i}"], sums);
            value = sums;
            if (!last)
            {
                value = $"units{i}";
                graph.Node("Relu", [sums], value);
            }
        }

        if (model.Classes == 1)
        {
            CheckRegression(classes, calibration);
            return graph.Floats("targetScale", [model.TargetScale], 1).Floats("targetMean", [model.TargetMean], 1)
                .Node("Mul", ["logits", "targetScale"], "spread")
                .Node("Add", ["spread", "targetMean"], "value")
                .Output("value", DataType.Float, 1).Build();
        }

        CheckClasses(classes, model.Classes);
        return Classified(graph, classes, calibration);
    }

    private static GraphBuilder Linear(float[] weights, float[] biases, string output = "logits") => new GraphBuilder()
        .Input(Input, weights.Length / biases.Length)
        .Floats("weights", weights, weights.Length / biases.Length, biases.Length)
        .Floats("biases", biases, biases.Length)
        .Node("Gemm", [Input, "weights", "biases"], output);

    private static byte[] Classified(GraphBuilder graph, IReadOnlyList<string> classes, ProbabilityCalibration? calibration)
    {
        if (calibration is null)
        {
            graph.Node("Softmax", ["logits"], "probabilities", GraphBuilder.Attribute("axis", 1));
        }
        else if (calibration.Classes != classes.Count)
        {
            throw new ArgumentException($"The calibration is of {calibration.Classes} classes, the model has {classes.Count}.", nameof(calibration));
        }
        else
        {
            CalibratedGraph.Add(graph.Node("Softmax", ["logits"], "raw", GraphBuilder.Attribute("axis", 1)), calibration);
        }

        return graph.Texts("classes", classes)
            .Node("ArgMax", ["probabilities"], "index", GraphBuilder.Attribute("axis", 1), GraphBuilder.Attribute("keepdims", 0))
            .Node("Gather", ["classes", "index"], "label")
            .Output("label", DataType.String, null)
            .Output("probabilities", DataType.Float, classes.Count)
            .Build();
    }

    private static void CheckRegression(IReadOnlyList<string> classes, ProbabilityCalibration? calibration)
    {
        CheckClasses(classes, 0);
        if (calibration is not null)
        {
            throw new ArgumentException("A regression has no probabilities to calibrate.", nameof(calibration));
        }
    }

    private static void CheckClasses(IReadOnlyList<string> classes, int expected)
    {
        if (classes.Count != expected || classes.Distinct(StringComparer.Ordinal).Count() != expected)
        {
            throw new ArgumentException($"Expected {expected} different class names.", nameof(classes));
        }
    }
}
