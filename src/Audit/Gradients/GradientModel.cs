using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;

namespace Governance.Audit.Gradients;

/// <summary>What a model and its gradient gave for some points.</summary>
/// <param name="Values">Shape [points, columns].</param>
/// <param name="Gradients">Shape [points, <see cref="GradientModel.Width"/>].</param>
/// <param name="Patterns">Shape [points]: equal where no kink lies between two points; null where kinks are not seen.</param>
internal sealed record GradientBatch(double[] Values, double[] Gradients, double[]? Patterns);

/// <summary>A model that gives its output and the output's gradient, run by the same runtime as the model.</summary>
/// <remarks>Safe to call from several threads.</remarks>
internal sealed class GradientModel : IDisposable
{
    private const double Close = 1e-3;

    private readonly OnnxPredictor predictor;
    private readonly OnnxPredictor? lead;
    private readonly GradientGraph graph;
    private readonly GradientPlan plan;
    private readonly int[] widths;
    private bool seesKinks;

    private GradientModel(OnnxPredictor predictor, OnnxPredictor? lead, GradientGraph graph, GradientPlan plan, int[] widths, int columns)
    {
        this.predictor = predictor;
        this.lead = lead;
        this.graph = graph;
        this.plan = plan;
        this.widths = widths;
        Columns = columns;
        Width = widths.Sum();
        seesKinks = graph.Pattern is not null;
    }

    /// <summary>What is moved, in the order in which their elements follow each other.</summary>
    public IReadOnlyList<GradientPoint> Points => plan.Points;

    /// <summary>Elements of all points of a row.</summary>
    public int Width { get; }

    /// <summary>Elements of each point of a row.</summary>
    public IReadOnlyList<int> Widths => widths;

    /// <summary>Bytes that a point takes to the session and back: all inputs; values, gradient and pattern as doubles.</summary>
    public long PointBytes => (sizeof(double) * ((long)Width + Columns + (graph.Pattern is null ? 0 : 1)))
        + predictor.Signature.Inputs.Sum(input => Math.Max(input.Width, 1L) * input.Kind.Bytes());

    /// <summary>Columns of the output.</summary>
    public int Columns { get; }

    /// <summary>The differentiated graph with its inputs: points, what is held, and the seed.</summary>
    public (GradientGraph Graph, IReadOnlyList<InputSpec> Inputs) Source => (graph, predictor.Signature.Inputs);

    /// <summary>Whether it is known where kinks lie: because patterns tell, or because there are none.</summary>
    public bool SeesKinks => seesKinks || graph.Smooth;

    /// <summary>Differentiates a model and loads the result.</summary>
    /// <param name="file">The model.</param>
    /// <param name="rows">Rows as they will come, at least one; the first two are tried together and alone.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="link">"identity" or "logit".</param>
    /// <param name="patterns">Whether kinks are wanted.</param>
    /// <param name="run">Where and how it runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The graph has no gradient, or its rows are not independent.</exception>
    public static GradientModel Load(
        ModelGraph file, InputBatch rows, string output, string link, bool patterns, PredictorOptions run, CancellationToken cancellationToken)
    {
        (ModelProto model, string value, LogitForm? form, long opset) = PrepareGradient.Forward(file, output, link);
        InputBatch row = rows.Slice(0, 1);
        (string, TensorKind)[] inputs = [.. rows.Tensors.Select(tensor => (tensor.Name, tensor.Kind))];
        int batch = (int)model.Graph.Input.Select(input => input.Type?.TensorType?.Shape is { Dim.Count: > 0 } shape ? shape.Dim[0].DimValue : 0).DefaultIfEmpty(0).Max();
        if (GradientPlan.Of(model.Graph, inputs, value).Refusal is string refusal)
        {
            throw new InputException(refusal);
        }

        NodeProto[] recurrent = [.. model.Graph.Node.Where(UnrollRecurrent.Is)];
        ValueFacts first = ProbeValues.Run(model, row, batch, [value, .. recurrent.Select(node => node.Input[0])], cancellationToken);
        UnrollRecurrent.Run(model.Graph, node => first.Dims(node.Input[0])[0]);
        if (form is LogitForm cut)
        {
            bool single = first.Dims(value).Skip(1).Aggregate(1, (product, size) => product * size) == 1;
            value = LogOddsGraph.Write(model.Graph, first, value, single && cut == LogitForm.Softmax ? LogitForm.Independent : cut, opset);
        }

        TrimGraph.To(model.Graph, [value]);
        GradientPlan plan = GradientPlan.Of(model.Graph, inputs, value);
        ValueFacts facts = ProbeValues.Run(
            model, row, batch, [value, .. plan.Points.Select(point => point.Value), .. plan.Path.SelectMany(node => node.Input.Concat(node.Output))], cancellationToken);
        GradientGraph graph = GradientGraph.Of(model, plan, facts, value, patterns);
        int[] widths = [.. plan.Points.Select(point => facts.Dims(point.Value).Skip(1).Aggregate(1, (product, size) => product * size))];
        int columns = facts.Dims(value).Skip(1).Aggregate(1, (product, size) => product * size);
        OnnxPredictor predictor = OnnxPredictor.Load(graph.Model, run, cancellationToken);
        OnnxPredictor? lead = null;
        try
        {
            lead = Lead(model, plan, inputs, run, cancellationToken);
            GradientModel made = new(predictor, lead, graph, plan, widths, columns);
            made.Prove(rows, cancellationToken);
            return made;
        }
        catch
        {
            predictor.Dispose();
            lead?.Dispose();
            throw;
        }
    }

    /// <summary>The points of rows: float inputs as they are, embeddings looked up.</summary>
    /// <returns>Shape [rows, <see cref="Width"/>].</returns>
    public double[] PointsOf(InputBatch rows, CancellationToken cancellationToken)
    {
        Prediction? looked = lead?.Predict(new InputBatch([.. lead.Signature.Inputs.Select(input => rows.Tensors.First(tensor => tensor.Name == input.Name))]), cancellationToken);
        double[] points = new double[rows.Rows * Width];
        int start = 0;
        for (int i = 0; i < widths.Length; i++)
        {
            InputTensor tensor = rows.Tensors[Points[i].Input];
            double[] own = tensor.Name == Points[i].Value ? tensor.ToDoubles() : looked![Points[i].Value].Numbers!;
            for (int row = 0; row < rows.Rows; row++)
            {
                Array.Copy(own, row * widths[i], points, (row * Width) + start, widths[i]);
            }

            start += widths[i];
        }

        return points;
    }

    /// <summary>Runs the model and the gradient of one of its columns.</summary>
    /// <param name="points">Shape [points, <see cref="Width"/>].</param>
    /// <param name="held">One row: what the model reads beside the points, the same for all of them.</param>
    /// <param name="column">The column of the output.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public GradientBatch Run(double[] points, InputBatch held, int column, CancellationToken cancellationToken)
    {
        int rows = points.Length / Width;
        InputBatch batch = new([.. predictor.Signature.Inputs.Select(input => Tensor(input, points, rows, held, column))]);
        Prediction prediction = predictor.Predict(batch, cancellationToken);
        double[] gradients = new double[points.Length];
        int start = 0;
        for (int i = 0; i < widths.Length; i++)
        {
            double[] own = prediction[graph.Gradients[i]].Numbers!;
            for (int row = 0; row < rows; row++)
            {
                Array.Copy(own, row * widths[i], gradients, (row * Width) + start, widths[i]);
            }

            start += widths[i];
        }

        return new GradientBatch(prediction[graph.Value].Numbers!, gradients, seesKinks ? prediction[graph.Pattern!].Numbers : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        predictor.Dispose();
        lead?.Dispose();
    }

    private static OnnxPredictor? Lead(
        ModelProto model, GradientPlan plan, (string Name, TensorKind Kind)[] inputs, PredictorOptions run, CancellationToken cancellationToken)
    {
        string[] looked = [.. plan.Points.Select(point => point.Value).Where(value => inputs.All(input => input.Name != value))];
        if (looked.Length == 0)
        {
            return null;
        }

        ModelProto copy = model.Clone();
        TrimGraph.To(copy.Graph, looked);
        return OnnxPredictor.Load(copy.ToByteArray(), run, cancellationToken);
    }

    private InputTensor Tensor(InputSpec input, double[] points, int rows, InputBatch held, int column)
    {
        int place = Points.ToList().FindIndex(point => point.Value == input.Name);
        int width = Math.Max(input.Width, 1);
        if (place < 0 && input.Name != graph.Seed)
        {
            return held.Tensors.First(tensor => tensor.Name == input.Name).Take(new int[rows]);
        }

        double[] own = new double[rows * width];
        int start = widths.Take(Math.Max(place, 0)).Sum();
        for (int row = 0; row < rows; row++)
        {
            if (place < 0)
            {
                own[(row * width) + column] = 1;
            }
            else
            {
                Array.Copy(points, (row * Width) + start, own, row * width, width);
            }
        }

        return new InputTensor(
            input.Name, input.Kind == TensorKind.Double ? own : Array.ConvertAll(own, value => (float)value), width, [.. input.RowShape]);
    }

    // A gradient of the sum over rows is each row's own only where no row reads another.
    private void Prove(InputBatch rows, CancellationToken cancellationToken)
    {
        InputBatch two = rows.Rows > 1 ? rows.Slice(0, 2) : rows.Take([0, 0]);
        double[] points = PointsOf(two, cancellationToken);
        InputBatch held = rows.Slice(0, 1);
        GradientBatch both = Run(points, held, 0, cancellationToken);
        for (int row = 0; row < 2; row++)
        {
            GradientBatch alone = Run(points[(row * Width)..((row + 1) * Width)], held, 0, cancellationToken);
            double largest = alone.Gradients.Max(Math.Abs);
            if (alone.Gradients.Where((value, i) => Math.Abs(value - both.Gradients[(row * Width) + i]) > Close * largest).Any())
            {
                throw new InputException("The model's rows influence each other, so a gradient of one row does not exist.");
            }

            seesKinks &= alone.Patterns is null || alone.Patterns[0] == both.Patterns![row];
        }
    }
}
