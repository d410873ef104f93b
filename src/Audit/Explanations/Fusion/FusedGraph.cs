using Google.Protobuf;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>A model rewritten to a game: a row, background rows and coalitions go in, weighted means over the background come out.</summary>
/// <remarks>
/// For B background rows and C coalitions of the players, each input is Where(coalitions spread to elements, row, background),
/// shape [B, C, elements], seen as B × C rows by the model as it was. Its output is cast to double, brought to the link, and
/// multiplied by the weights as a matrix [1, B] × [B, C × columns]. Nothing but coalitions changes from run to run; rows, background and players are
/// inputs too, so that one graph serves them all.
/// </remarks>
/// <param name="Model">The ONNX file.</param>
/// <param name="Rows">For each input that the model reads: the name of the row, shape [1, 1, elements].</param>
/// <param name="Backgrounds">For each such input: the name of the background, shape [B, 1, elements].</param>
/// <param name="Weights">The name of the weights, doubles of shape [B].</param>
/// <param name="Owners">For each such input: the name of the player of each element, whole numbers of shape [elements].</param>
/// <param name="Coalitions">The name of the truth values, shape [C, players].</param>
/// <param name="Ends">The names of the first background row used and of the one behind the last, each of shape [1]; null where all are.</param>
/// <param name="Means">The name of the means, doubles of shape [1, C × columns].</param>
internal sealed record FusedGraph(
    byte[] Model, IReadOnlyList<string> Rows, IReadOnlyList<string> Backgrounds, IReadOnlyList<string> Owners, string Weights, string Coalitions,
    (string First, string Last)? Ends, string Means)
{
    /// <summary>Writes the graph.</summary>
    /// <param name="given">The model; its graph is changed.</param>
    /// <param name="cut">Whether runs take a part of the background each.</param>
    public static FusedGraph Write(FusableModel given, bool cut)
    {
        GraphProto graph = given.Model.Graph;
        Tape tape = new(graph, "fusion/");
        NodeProto[] body = [.. graph.Node];
        graph.Node.Clear();
        ValueInfoProto[] kept = [.. graph.Input.Where(input => given.Inputs.All(own => own.Name != input.Name))];
        graph.Input.Clear();
        graph.Input.AddRange(kept);

        string coalitions = Declare(graph, tape.Name(), DataType.Bool, null, null);
        string weights = Declare(graph, tape.Name(), DataType.Double, (long?)null);
        (string First, string Last)? ends = cut
            ? (Declare(graph, tape.Name(), DataType.Int64, 1), Declare(graph, tape.Name(), DataType.Int64, 1))
            : null;
        string[] rows = new string[given.Inputs.Count];
        string[] backgrounds = new string[given.Inputs.Count];
        string[] owners = new string[given.Inputs.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            FusableInput input = given.Inputs[i];
            DataType type = Element(input.Kind);
            rows[i] = Declare(graph, tape.Name(), type, 1, 1, input.Owners.Length);
            backgrounds[i] = Declare(graph, tape.Name(), type, null, 1, input.Owners.Length);
            owners[i] = Declare(graph, tape.Name(), DataType.Int64, input.Owners.Length);
            string known = tape.Op("Gather", [coalitions, owners[i]], GraphBuilder.Attribute("axis", 1));
            known = tape.Op("Reshape", [known, tape.Whole(1, -1, input.Owners.Length)]);
            string masked = tape.Op("Where", [known, rows[i], Part(tape, backgrounds[i], ends)]);
            masked = tape.Op("Reshape", [masked, tape.Whole([-1, .. input.RowShape.Select(size => (long)size)])]);
            if (input.Kind == TensorKind.Boolean)
            {
                masked = tape.Cast(masked, DataType.Bool);
            }

            tape.As("Identity", [masked], input.Name);
        }

        graph.Node.AddRange(body);
        string scores = Link(graph, tape, given);
        scores = tape.Op("Gather", [scores, tape.Whole(given.Columns)], GraphBuilder.Attribute("axis", 1));
        string part = Part(tape, weights, ends);
        string byRow = tape.Op("Concat", [tape.Op("Shape", [part]), tape.Whole(-1)], GraphBuilder.Attribute("axis", 0));
        string means = tape.Op("MatMul", [tape.Op("Reshape", [part, tape.Whole(1, -1)]), tape.Op("Reshape", [scores, byRow])]);
        graph.Output.Clear();
        graph.Output.Add(new ValueInfoProto { Name = means });
        return new FusedGraph(given.Model.ToByteArray(), rows, backgrounds, owners, weights, coalitions, ends, means);
    }

    /// <summary>The element type in which an input is masked: truth values as whole numbers, which every device can choose between.</summary>
    public static DataType Element(TensorKind kind) => kind switch
    {
        TensorKind.Float => DataType.Float,
        TensorKind.Double => DataType.Double,
        TensorKind.Int64 => DataType.Int64,
        _ => DataType.Int32,
    };

    // Doubles from here on: means of many rows keep more digits than the model's own.
    private static string Link(GraphProto graph, Tape tape, FusableModel given)
    {
        string scores = tape.Cast(given.Value, DataType.Double);
        if (given.Form is LogitForm form)
        {
            int[] dims = given.Facts.Dims(given.Value);
            bool single = dims.Skip(1).Aggregate(1, (product, size) => product * size) == 1;
            given.Facts.Add(scores, dims, 0, DataType.Double);
            return LogOddsGraph.Write(graph, given.Facts, scores, single && form == LogitForm.Softmax ? LogitForm.Independent : form, given.Opset);
        }

        scores = tape.Op("Flatten", [scores], GraphBuilder.Attribute("axis", 1));
        if (!given.Inverted)
        {
            return scores;
        }

        string least = tape.Number(LogOdds.Clamp, DataType.Double);
        string most = tape.Number(1 - LogOdds.Clamp, DataType.Double);
        string clamped = tape.Op("Min", [tape.Op("Max", [scores, least]), most]);
        return tape.Op("Log", [tape.Div(clamped, tape.Sub(tape.Number(1, DataType.Double), clamped))]);
    }

    private static string Part(Tape tape, string value, (string First, string Last)? ends) =>
        ends is (string first, string last) ? tape.Op("Slice", [value, first, last, tape.Whole(0)]) : value;

    /// <summary>Adds an input to a graph; dimensions that are null are free.</summary>
    public static string Declare(GraphProto graph, string name, DataType type, params long?[] dims)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(dims.Select((size, axis) => size is long known
            ? new TensorShapeProto.Types.Dimension { DimValue = known }
            : new TensorShapeProto.Types.Dimension { DimParam = $"{name}/{axis}" }));
        graph.Input.Add(new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } });
        return name;
    }
}
