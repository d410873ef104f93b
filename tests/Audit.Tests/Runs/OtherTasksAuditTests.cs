using System.Globalization;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Runs;

/// <summary>Audits of models of several classes and of values, against figures counted by hand from the same rows.</summary>
public sealed class OtherTasksAuditTests
{
    private const int Rows = 240;

    [Fact]
    public void Several_classes_are_measured_by_all_their_scores_though_the_encoding_names_one_as_positive()
    {
        string[] classes = ["low", "mid", "high"];
        Table table = Given((a, b, row) => classes[Class(a, b + (row % 3 == 0 ? 1 : 0))]);

        FindingsDocument document = Run(ThreeClasses, Encoding("probability", ", \"classes\": [\"low\", \"mid\", \"high\"]", "probability"), table);

        double[][] rows = Cells(table);
        double accuracy = Enumerable.Range(0, Rows).Average(row => table.Need("label").Text(row) == classes[Class(rows[row][0], rows[row][1])] ? 1.0 : 0);
        Assert.Equal(accuracy, document.Performance!.Metrics["accuracy"]!.Value, 1e-12);
        Assert.NotNull(document.Performance.Metrics["log_loss"]);
        foreach (string group in (string[])["A", "B"])
        {
            int[] members = [.. Enumerable.Range(0, Rows).Where(row => table.Need("group").Text(row) == group)];
            double high = members.Average(row => Class(rows[row][0], rows[row][1]) == 2 ? 1.0 : 0);
            Assert.Equal(high, document.Findings.Single(finding => finding.Id == $"fairness/selection_rate/group={group}").Value!.Value, 1e-12);
        }
    }

    [Fact]
    public void The_errors_of_each_group_are_findings_of_a_model_of_values()
    {
        Table table = Given((a, b, row) => (a + b + (row % 2 == 0 ? 0.25 : -0.5)).ToString("R", CultureInfo.InvariantCulture));

        FindingsDocument document = Run(Sum, Encoding("value", "", "value"), table);

        // Group A has the even rows, whose truth is 0.25 above the estimate; group B the odd ones, 0.5 below it.
        Assert.Equal(-0.25, Value("mean_error/group=A"), 1e-6);
        Assert.Equal(0.5, Value("mean_error/group=B"), 1e-6);
        Assert.Equal(0.25, Value("mae_difference/group"), 1e-6);
        Assert.Contains("Mean error (estimate minus truth)", document.Findings.Single(finding => finding.Id == "fairness/mean_error/group=A").Sentence, StringComparison.Ordinal);

        double Value(string id) => document.Findings.Single(finding => finding.Id == "fairness/" + id).Value!.Value;
    }

    private static int Class(double a, double b) => a >= b && a >= 0.1 ? 0 : b >= 0.1 ? 1 : 2;

    // Scores a, b and 0.1: the softmax of them has its largest where they have.
    private static byte[] ThreeClasses => new GivenModel()
        .Input("X", TensorProto.Types.DataType.Float, null, 2)
        .Weights("w", [2, 3], (float[])[1, 0, 0, 0, 1, 0])
        .Weights("c", [3], (float[])[0, 0, 0.1f])
        .Node("MatMul", ["X", "w"], ["xw"])
        .Node("Add", ["xw", "c"], ["z"])
        .Node("Softmax", ["z"], ["probability"], "", ("axis", 1L))
        .Output("probability", TensorProto.Types.DataType.Float, null, 3)
        .Build();

    private static byte[] Sum => new GivenModel()
        .Input("X", TensorProto.Types.DataType.Float, null, 2)
        .Weights("w", [2, 1], (float[])[1, 1])
        .Node("MatMul", ["X", "w"], ["value"])
        .Output("value", TensorProto.Types.DataType.Float, null, 1)
        .Build();

    private static byte[] Encoding(string output, string classes, string role)
    {
        string wished = classes.Length > 0 ? """, "positive": "high", "favourable": "high" """ : "";
        return System.Text.Encoding.UTF8.GetBytes($$$"""
            {"inputs": [{"name": "X", "shape": ["N", 2], "features": [
                {"name": "a", "column": "a", "kind": "numeric", "missing": "error"}, {"name": "b", "column": "b", "kind": "numeric", "missing": "error"}]}],
             "outputs": [{"name": "{{{output}}}", "role": "{{{role}}}" {{{classes}}} }],
             "label": {"column": "label" {{{wished}}} }}
            """);
    }

    private static Table Given(Func<double, double, int, string> label)
    {
        Random random = new(11);
        StringBuilder csv = new("a,b,group,label\n");
        for (int row = 0; row < Rows; row++)
        {
            float a = (float)Math.Round((2 * random.NextDouble()) - 1, 3);
            float b = (float)Math.Round((2 * random.NextDouble()) - 1, 3);
            csv.Append(CultureInfo.InvariantCulture, $"{a},{b},{(row % 2 == 0 ? "A" : "B")},{label(a, b, row)}\n");
        }

        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(csv.ToString()));
        return CsvTable.Read(stream, default);
    }

    private static double[][] Cells(Table table) =>
        [.. Enumerable.Range(0, Rows).Select(row => (double[])[Number(table, "a", row), Number(table, "b", row)])];

    private static double Number(Table table, string column, int row) => double.Parse(table.Need(column).Text(row)!, CultureInfo.InvariantCulture);

    private static FindingsDocument Run(byte[] model, byte[] encoding, Table table)
    {
        AuditTable data = new("given", "", table, "label", null, null);
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject("given", 1, "", "", null),
            Model = model,
            Encoding = encoding,
            Evaluation = data,
            Background = data,
        };
        AuditOptions options = new()
        {
            Name = "given", Evaluation = "given", Background = "given", Protected = ["group"], Explanation = new ExplanationOptions { Rows = 0 },
        };
        return new ComputeFindings(inputs, options, PolicyPack.Default, TimeProvider.System).Run(1, new Silent(), default);
    }

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
