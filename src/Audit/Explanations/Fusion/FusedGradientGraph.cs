using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Paths;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Explanations.Fusion;

/// <summary>A model with its gradient rewritten to sums by player: of slopes at points given, or along pieces of paths whose points it makes itself.</summary>
/// <remarks>
/// For slopes, points go in and their gradients by player come out. For paths, the row and the references are bound once; numbers of
/// paths and places on them go in, points are start + place · (row − start), and of each piece of three points its integral by player
/// and six numbers come out, see <see cref="PieceLook"/>. All sums are in double, as <see cref="HostPieces"/> has them.
/// </remarks>
internal sealed class FusedGradientGraph
{
    private readonly GraphProto graph;
    private readonly Tape tape;
    private readonly GradientModel model;

    private FusedGradientGraph(GradientModel model, ModelProto copy)
    {
        this.model = model;
        graph = copy.Graph;
        tape = new Tape(graph, "fusion/");
    }

    /// <summary>The ONNX file.</summary>
    public byte[] Model { get; private set; } = [];

    /// <summary>The inputs that are left, by name.</summary>
    public IReadOnlySet<string> Inputs { get; private set; } = new HashSet<string>();

    /// <summary>For each point: the name of the row's, doubles of shape [1, elements]; empty for slopes.</summary>
    public List<string> Ends { get; } = [];

    /// <summary>For each point: the name of the references', doubles of shape [paths, elements]; empty for slopes.</summary>
    public List<string> Starts { get; } = [];

    /// <summary>The name of the path of each point made, whole numbers of shape [points].</summary>
    public string Paths { get; private set; } = "";

    /// <summary>The name of the place of each point on its path, doubles of shape [points, 1].</summary>
    public string At { get; private set; } = "";

    /// <summary>The name of the length of each piece, doubles of shape [pieces, 1].</summary>
    public string Lengths { get; private set; } = "";

    /// <summary>The name of the column of the output, a whole number of shape [1].</summary>
    public string Column { get; private set; } = "";

    /// <summary>The names of what is read beside the points: the row's own, of shape [1, …].</summary>
    public IReadOnlyDictionary<string, string> Held { get; private set; } = new Dictionary<string, string>();

    /// <summary>The name of the sums, doubles of shape [pieces or points, players], or [.., elements] where <see cref="ByPlayer"/> is false.</summary>
    public string Sums { get; private set; } = "";

    /// <summary>Whether elements are added up to players in the graph.</summary>
    public bool ByPlayer { get; private set; }

    /// <summary>The names of the looks, of the outputs and of the patterns; null for slopes, the last also where kinks are not seen.</summary>
    public (string Looks, string Values, string? Patterns)? Found { get; private set; }

    /// <summary>Writes the graph.</summary>
    /// <param name="model">The model with its gradient; not changed.</param>
    /// <param name="owners">Shape [elements of a point]: the player of each.</param>
    /// <param name="players">How many there are.</param>
    /// <param name="paths">Whether points are made on paths; else they are given.</param>
    /// <exception cref="InputException">The graph cannot be fused; the sentence says why.</exception>
    public static FusedGradientGraph Write(GradientModel model, int[] owners, int players, bool paths)
    {
        ModelProto copy = ModelFile.Parse(model.Source.Graph.Model);
        FusedGradientGraph made = new(model, copy);
        made.Rewrite(owners, players, paths);
        made.Model = copy.ToByteArray();
        return made;
    }

    private void Rewrite(int[] owners, int players, bool paths)
    {
        Refuse();
        NodeProto[] body = [.. graph.Node];
        graph.Node.Clear();
        GradientGraph source = model.Source.Graph;
        ValueInfoProto[] points = [.. model.Points.Select(point => graph.Input.First(input => input.Name == point.Value))];
        graph.Input.Clear();
        Column = Declare(DataType.Int64, 1);
        List<string> ways = paths ? MakePoints() : [];
        if (!paths)
        {
            graph.Input.AddRange(points);
        }

        string rows = First(tape.Op("Shape", [paths ? Paths : model.Points[0].Value]));
        string seed = tape.Cast(tape.Op("Equal", [tape.Whole([.. Enumerable.Range(0, model.Columns).Select(column => (long)column)]), Column]), Type(source.Seed));
        tape.As("Expand", [tape.Op("Reshape", [seed, tape.Whole(1, model.Columns)]), Joined(rows, model.Columns)], source.Seed);
        Held = model.Source.Inputs.Where(input => input.Name != source.Seed && model.Points.All(point => point.Value != input.Name))
            .ToDictionary(input => input.Name, input => Hold(input, rows), StringComparer.Ordinal);
        graph.Node.AddRange(body);

        string nodes = paths ? tape.Op("Mul", [First(tape.Op("Shape", [Lengths])), tape.Whole(PathNodes.Count)]) : "";
        string[] slopes = [.. model.Points.Select((_, place) => paths ? tape.Mul(Upto(Slopes(place), nodes), Upto(ways[place], nodes)) : Slopes(place))];
        string all = slopes.Length == 1 ? slopes[0] : tape.Op("Concat", slopes, GraphBuilder.Attribute("axis", 1));
        string parts = paths ? Integrate(all) : all;
        ByPlayer = PlayerSums.Fit(owners, players);
        Sums = ByPlayer ? PlayerSums.Write(tape, parts, owners, players) : parts;
        Sums = tape.Op("Identity", [Sums]);
        if (paths)
        {
            string values = tape.Cast(tape.Op("Gather", [source.Value, Column], GraphBuilder.Attribute("axis", 1)), DataType.Double);
            Found = (Looks(all, parts), values, source.Pattern is null ? null : tape.Cast(source.Pattern, DataType.Double));
        }

        TrimGraph.To(graph, [Sums, .. Outputs(Found)]);
        Inputs = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
    }

    private static string[] Outputs((string Looks, string Values, string? Patterns)? found) => found is not (string looks, string values, var patterns) ? []
        : patterns is null ? [looks, values]
        : [looks, values, patterns];

    private void Refuse()
    {
        foreach (InputSpec input in model.Source.Inputs)
        {
            string? refusal = input.FixedBatch > 0 ? $"The graph takes exactly {input.FixedBatch} rows at once."
                : input.Width < 0 ? $"The shape of the input '{input.Name}' is not known before rows come."
                : input.Kind == TensorKind.Text ? $"The input '{input.Name}' is text."
                : null;
            if (refusal is not null)
            {
                throw new InputException(refusal);
            }
        }
    }

    // start + at · (row − start), and exactly the row at 1.
    private List<string> MakePoints()
    {
        Paths = Declare(DataType.Int64, (long?)null);
        At = Declare(DataType.Double, null, 1);
        Lengths = Declare(DataType.Double, null, 1);
        string isEnd = tape.Op("Equal", [At, tape.Number(1, DataType.Double)]);
        List<string> ways = [];
        for (int place = 0; place < model.Points.Count; place++)
        {
            InputSpec input = Spec(model.Points[place].Value);
            Ends.Add(Declare(DataType.Double, 1, model.Widths[place]));
            Starts.Add(Declare(DataType.Double, null, model.Widths[place]));
            string start = tape.Op("Gather", [Starts[place], Paths], GraphBuilder.Attribute("axis", 0));
            ways.Add(tape.Sub(Ends[place], start));
            string point = tape.Op("Where", [isEnd, Ends[place], tape.Add(start, tape.Mul(At, ways[place]))]);
            point = tape.Op("Reshape", [point, tape.Whole([-1, .. input.RowShape.Select(size => (long)size)])]);
            tape.As("Identity", [tape.Cast(point, FusedGraph.Element(input.Kind))], input.Name);
        }

        return ways;
    }

    // Doubles of shape [points, elements].
    private string Slopes(int place) =>
        tape.Cast(tape.Op("Reshape", [model.Source.Graph.Gradients[place], tape.Whole(-1, model.Widths[place])]), DataType.Double);

    private string Upto(string value, string end) => tape.Op("Slice", [value, tape.Whole(0), end, tape.Whole(0)]);

    // Shape [pieces, elements]: the weighted mean over a piece's nodes times its length.
    private string Integrate(string slopes)
    {
        string byNode = tape.Op("Reshape", [slopes, tape.Whole(-1, PathNodes.Count, model.Width)]);
        string mean = tape.Op("MatMul", [tape.Floats(PathNodes.Weights, DataType.Double, 1, PathNodes.Count), byNode]);
        return tape.Mul(tape.Op("Reshape", [mean, tape.Whole(-1, model.Width)]), Lengths);
    }

    // The six numbers of a piece, shape [pieces, 6].
    private string Looks(string slopes, string parts)
    {
        string byNode = tape.Op("Reshape", [slopes, tape.Whole(-1, PathNodes.Count, model.Width)]);
        string early = tape.Op("Gather", [byNode, tape.Scalar(0)], GraphBuilder.Attribute("axis", 1));
        string late = tape.Op("Gather", [byNode, tape.Scalar(PathNodes.Count - 1)], GraphBuilder.Attribute("axis", 1));
        string jump = Largest(tape.Op("Abs", [tape.Sub(early, late)]));
        string size = Largest(tape.Op("Max", [tape.Op("Abs", [early]), tape.Op("Abs", [late])]));
        return tape.Op(
            "Concat",
            [tape.Sum(early, [1], true), tape.Sum(late, [1], true), jump, size, tape.Sum(parts, [1], true), tape.Sum(tape.Op("Abs", [parts]), [1], true)],
            GraphBuilder.Attribute("axis", 1));
    }

    // Pooling and reductions by maximum change how they take axes with the opset; the largest of a sorted list does not.
    private string Largest(string value) => tape.Ops(
        "TopK", [value, tape.Whole(1)], 2, GraphBuilder.Attribute("axis", 1), GraphBuilder.Attribute("sorted", 0))[0];

    private string Hold(InputSpec input, string rows)
    {
        long?[] dims = [1, .. input.RowShape.Select(size => (long?)size)];
        string own = Declare(FusedGraph.Element(input.Kind), dims);
        string spread = tape.Op("Expand", [own, Joined(rows, [.. input.RowShape.Select(size => (long)size)])]);
        tape.As("Identity", [input.Kind == TensorKind.Boolean ? tape.Cast(spread, DataType.Bool) : spread], input.Name);
        return own;
    }

    private string First(string shape) => tape.Op("Gather", [shape, tape.Whole(0)], GraphBuilder.Attribute("axis", 0));

    private string Joined(string rows, params long[] rest) =>
        rest.Length == 0 ? rows : tape.Op("Concat", [rows, tape.Whole(rest)], GraphBuilder.Attribute("axis", 0));

    private InputSpec Spec(string name) => model.Source.Inputs.First(input => input.Name == name);

    private DataType Type(string name) => FusedGraph.Element(Spec(name).Kind);

    private string Declare(DataType type, params long?[] dims) => FusedGraph.Declare(graph, tape.Name(), type, dims);
}
