using Google.Protobuf;
using Governance.Audit.Ensembles;
using Governance.Audit.Gradients;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Variants.Distillation;

/// <summary>Gives an exported student the inputs and outputs of its parent, by name, type and order of classes.</summary>
internal static class StudentGraph
{
    private const string Prefix = "student/";

    /// <summary>Fits it.</summary>
    /// <param name="exported">A file of <see cref="ExportOnnx"/>, without calibration, its classes named as the teacher's.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="teacher">The same, loaded, after it has answered.</param>
    /// <param name="cut">The second class's share from which on its label is said, where there are two.</param>
    /// <returns>The student.</returns>
    public static ModelProto Fit(byte[] exported, ModelProto parent, Teacher teacher, double cut)
    {
        ModelProto model = ModelFile.Parse(exported);
        GraphProto graph = model.Graph;
        PrefixNames.Run(graph, Prefix);
        string features = graph.Input[0].Name;
        graph.Input.Clear();
        graph.Output.Clear();
        Tape tape = new(graph, "fit/");
        NodeProto[] inner = [.. graph.Node];
        graph.Node.Clear();
        Read(graph, tape, parent.Graph, teacher.Signature, features);
        graph.Node.AddRange(inner);
        int classes = teacher.Classes.Count;
        if (teacher.LabelOutput is string label && classes > 0)
        {
            graph.Output.Add(parent.Graph.Output.First(output => output.Name == label).Clone());
            Label(graph, tape, teacher, label, cut);
        }

        if (teacher.ScoreOutput is string scores)
        {
            string value = classes == 0 ? $"{Prefix}value" : Scores(tape, teacher);
            ValueInfoProto declared = Declared(parent.Graph.Output.First(output => output.Name == scores), scores, classes);
            graph.Output.Add(declared);
            DataType type = (DataType)declared.Type.TensorType.ElemType;
            tape.As("Reshape", [type == DataType.Float ? value : tape.Cast(value, type), tape.Whole([-1, .. teacher.ScoreShape.Select(size => (long)size)])], scores);
        }

        // Label and scores stand in the order of the parent, and what only one of them needs goes where it is not given.
        ValueInfoProto[] ordered = [.. graph.Output.OrderBy(output => parent.Graph.Output.ToList().FindIndex(own => own.Name == output.Name))];
        graph.Output.Clear();
        graph.Output.AddRange(ordered);
        OrderGraph.Run(graph);
        return model;
    }

    // Every input as floats of shape [rows, elements], side by side.
    private static void Read(GraphProto graph, Tape tape, GraphProto parent, ModelSignature signature, string features)
    {
        List<string> parts = [];
        foreach (InputSpec input in signature.Inputs)
        {
            graph.Input.Add(parent.Input.First(own => own.Name == input.Name).Clone());
            string value = input.Kind == TensorKind.Float && input.Range is null ? input.Name : tape.Cast(input.Name, DataType.Float);
            parts.Add(input.RowShape.Count == 1 ? value : tape.Op("Reshape", [value, tape.Whole(-1, Math.Max(1, input.Width))]));
        }

        graph.Node.Add(parts.Count == 1
            ? new NodeProto { OpType = "Identity", Input = { parts }, Output = { features } }
            : new NodeProto { OpType = "Concat", Input = { parts }, Output = { features }, Attribute = { GraphBuilder.Attribute("axis", 1) } });
    }

    // The numbers in the role that the parent's output has. One column stands for the second class.
    private static string Scores(Tape tape, Teacher teacher)
    {
        bool single = teacher.ScoreShape.Aggregate(1, (product, size) => product * size) == 1 && teacher.Classes.Count == 2;
        string logits = $"{Prefix}logits";
        bool raw = teacher.Reading.Role == OutputRole.Logits;
        if (!single)
        {
            return raw ? tape.Op("LogSoftmax", [logits], GraphBuilder.Attribute("axis", 1)) : $"{Prefix}probabilities";
        }

        string margin = tape.Sub(Column(tape, logits, 1), Column(tape, logits, 0));
        return raw ? margin : tape.Op("Sigmoid", [margin]);
    }

    private static void Label(GraphProto graph, Tape tape, Teacher teacher, string label, double cut)
    {
        string index = cut == 0.5
            ? $"{Prefix}index"
            : tape.Op("Reshape", [tape.Cast(tape.Op("GreaterOrEqual", [Column(tape, $"{Prefix}probabilities", 1), tape.Number(cut, DataType.Float)]), DataType.Int64), tape.Whole(-1)]);
        IReadOnlyList<string> names = teacher.Reading.Labels(teacher.Classes);
        bool text = graph.Output[^1].Type.TensorType.ElemType == (int)DataType.String;
        TensorProto table = new() { Name = "fit/classes", DataType = (int)(text ? DataType.String : DataType.Int64), Dims = { 1, names.Count } };
        if (text)
        {
            table.StringData.AddRange(names.Select(ByteString.CopyFromUtf8));
        }
        else
        {
            table.Int64Data.AddRange(names.Select((name, place) => long.TryParse(name, out long number) ? number : place));
        }

        graph.Initializer.Add(table);

        // A table and this operator are how graphs name the classes of their columns.
        string looked = tape.Name();
        graph.Node.Add(new NodeProto { OpType = "ArrayFeatureExtractor", Domain = "ai.onnx.ml", Input = { table.Name, index }, Output = { looked } });
        int type = graph.Output[^1].Type.TensorType.ElemType;
        string typed = text || type == (int)DataType.Int64 ? looked : tape.Cast(looked, (DataType)type);
        int rank = graph.Output[^1].Type.TensorType.Shape?.Dim.Count ?? 1;
        tape.As("Reshape", [typed, tape.Whole([-1, .. Enumerable.Repeat(1L, Math.Max(0, rank - 1))])], label);
    }

    private static string Column(Tape tape, string value, long column) =>
        tape.Op("Gather", [value, tape.Whole(column)], GraphBuilder.Attribute("axis", 1));

    // A sequence of maps is given as the tensor that stood behind it.
    private static ValueInfoProto Declared(ValueInfoProto given, string name, int classes)
    {
        if (given.Type?.TensorType is not null)
        {
            return given.Clone();
        }

        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = classes });
        return new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } };
    }
}
