using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Runs;

/// <summary>Rows explained for the class predicted for each, over more rows than one chunk holds.</summary>
public sealed class PredictedClassAuditTests
{
    // Scores a, b and 0.1; the first 70 rows are of class "low", the next 70 of class "mid".
    [Fact]
    public void Each_row_keeps_its_own_class_though_all_rows_of_its_chunk_agree()
    {
        ExplanationReport report = Explain(row => row < 70 ? (0.9, 0.1 + (row * 0.001)) : (0.05, 0.8 + (row * 0.001)), rows: 140);

        Assert.Equal(3, report.BaseValue.Count);
        Assert.Equal(Enumerable.Repeat(0, 70).Concat(Enumerable.Repeat(1, 70)), report.Rows.Select(row => row.ClassIndex!.Value));
        Assert.All(report.Rows, row => Assert.Equal(
            row.Prediction[0], report.BaseValue[row.ClassIndex!.Value] + row.Values[0].Sum(), 1e-5));
    }

    [Fact]
    public void Where_all_rows_agree_the_report_reads_as_if_their_class_had_been_asked_for()
    {
        ExplanationReport report = Explain(row => (0.9, 0.1 + (row * 0.001)), rows: 140);

        Assert.Equal(0, report.ClassIndex);
        Assert.Equal(["low"], report.Classes);
        Assert.Single(report.BaseValue);
        Assert.All(report.Rows, row => Assert.Null(row.ClassIndex));
    }

    private static ExplanationReport Explain(Func<int, (double A, double B)> cells, int rows)
    {
        StringBuilder csv = new("a,b\n");
        for (int row = 0; row < rows; row++)
        {
            csv.Append(FormattableString.Invariant($"{cells(row).A:0.###},{cells(row).B:0.###}\n"));
        }

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(csv.ToString()));
        AuditTable data = new("given", "", CsvTable.Read(stream, default), null, null, null);
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject("given", 1, "", "", null),
            Model = Model,
            Encoding = """
                {"inputs": [{"name": "X", "shape": ["N", 2], "features": [
                    {"name": "a", "column": "a", "kind": "numeric", "missing": "error"}, {"name": "b", "column": "b", "kind": "numeric", "missing": "error"}]}],
                 "outputs": [{"name": "probability", "role": "probability", "classes": ["low", "mid", "high"]}]}
                """u8.ToArray(),
            Evaluation = data,
            Background = data,
        };
        AuditOptions options = new()
        {
            Kind = AuditKind.Explanation, Name = "given", Evaluation = "given", Background = "given", BackgroundRows = 5,
            Explanation = new ExplanationOptions { Rows = rows },
        };
        return new ComputeFindings(inputs, options, PolicyPack.Default, TimeProvider.System).Run(1, new Silent(), default).Explanation!;
    }

    private static byte[] Model => new GivenModel()
        .Input("X", TensorProto.Types.DataType.Float, null, 2)
        .Weights("w", [2, 3], (float[])[1, 0, 0, 0, 1, 0])
        .Weights("c", [3], (float[])[0, 0, 0.1f])
        .Node("MatMul", ["X", "w"], ["xw"])
        .Node("Add", ["xw", "c"], ["z"])
        .Node("Softmax", ["z"], ["probability"], "", ("axis", 1L))
        .Output("probability", TensorProto.Types.DataType.Float, null, 3)
        .Build();

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
