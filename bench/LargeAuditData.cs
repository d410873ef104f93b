using System.Globalization;
using System.Text;
using Google.Protobuf;
using Governance.Audit.Inference.Graphs;

namespace Governance.Bench;

/// <summary>Makes the data and the model of <c>bench/large-audit.yaml</c>: 1,000,000 rows × 50 columns, always the same.</summary>
/// <remarks>
/// 47 features uniform in [−1, 1] to three decimals, two attributes of five groups each, and a label that a logistic model
/// of the features gives with a shift by group. The ONNX file is that model without the shift, so that groups differ.
/// </remarks>
internal static class LargeAuditData
{
    private const int Rows = 1_000_000;
    private const int Features = 47;
    private const int Seed = 20260301;
    private static readonly double[] Shift = [0, 0.1, -0.2, 0.4, -0.5];

    /// <summary>Writes data.csv, model.onnx and encoding.json.</summary>
    /// <param name="folder">Made where it is missing.</param>
    public static int Run(string folder)
    {
        Directory.CreateDirectory(folder);
        Random random = new(Seed);
        float[] weights = [.. Enumerable.Range(0, Features).Select(_ => (float)Math.Round((2 * random.NextDouble()) - 1, 3))];
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), Model(weights, chance: true));
        File.WriteAllText(Path.Combine(folder, "encoding.json"), Encoding());
        using StreamWriter csv = new(Path.Combine(folder, "data.csv"), append: false, new UTF8Encoding(false), 1 << 20);
        csv.Write(string.Join(',', Enumerable.Range(0, Features).Select(Name)));
        csv.Write(",region,age,y\n");
        StringBuilder line = new();
        for (int row = 0; row < Rows; row++)
        {
            line.Clear();
            double z = 0;
            for (int i = 0; i < Features; i++)
            {
                int thousandths = random.Next(-1000, 1001);
                z += weights[i] * thousandths / 1000.0;
                line.Append(CultureInfo.InvariantCulture, $"{thousandths / 1000.0:0.###},");
            }

            (int region, int age) = (Group(random), Group(random));
            bool positive = random.NextDouble() < 1 / (1 + Math.Exp(-(z + Shift[region])));
            line.Append(CultureInfo.InvariantCulture, $"r{region},a{age},{(positive ? 1 : 0)}\n");
            csv.Write(line);
        }

        Console.WriteLine($"{Rows:N0} rows × {Features + 3} columns are in {folder}.");
        return 0;
    }

    // Groups of 40, 25, 20, 10 and 5 per cent.
    private static int Group(Random random) => random.Next(100) switch { < 40 => 0, < 65 => 1, < 85 => 2, < 95 => 3, _ => 4 };

    private static string Name(int feature) => string.Create(CultureInfo.InvariantCulture, $"x{feature:00}");

    private static string Encoding() =>
        $$"""{"inputs":[{"name":"x","features":[{{string.Join(',', Enumerable.Range(0, Features).Select(i => $$"""{"name":"{{Name(i)}}","column":"{{Name(i)}}","kind":"numeric","missing":"error"}"""))}}]}],"outputs":[{"name":"prob","role":"probability","classes":["0","1"]}],"label":{"column":"y","positive":"1","favourable":"1"},"threshold":0.5}""";

    /// <summary>A weighted sum of "x" as ONNX: "value" = x·w, or with a chance "prob" = σ(x·w); shape [N, 1].</summary>
    /// <param name="weights">One a feature.</param>
    /// <param name="chance">Whether it says a probability.</param>
    internal static byte[] Model(float[] weights, bool chance)
    {
        GraphProto graph = new() { Name = "large_audit" };
        graph.Input.Add(Tensor("x", weights.Length));
        graph.Output.Add(Tensor(chance ? "prob" : "value", 1));
        graph.Initializer.Add(new TensorProto { Name = "w", DataType = (int)TensorProto.Types.DataType.Float, Dims = { weights.Length, 1 }, FloatData = { weights } });
        graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { "x", "w" }, Output = { chance ? "z" : "value" } });
        if (chance)
        {
            graph.Node.Add(new NodeProto { OpType = "Sigmoid", Input = { "z" }, Output = { "prob" } });
        }

        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 15 } } }.ToByteArray();
    }

    private static ValueInfoProto Tensor(string name, long width)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = width });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }
}
