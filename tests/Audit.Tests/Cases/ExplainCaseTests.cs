using Governance.Audit.Cases;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Cases;

/// <summary>Explanations of single rows: the same as sealed ones, and closed forms for other references.</summary>
public sealed class ExplainCaseTests
{
    private const int Rows = 60;

    [Theory]
    [InlineData("exact")]
    public void A_row_of_sealed_evidence_gets_the_values_that_were_sealed(string method)
    {
        AuditInputs inputs = Inputs(GivenModel.Logistic([1.5f, -2f, 0.5f], 0.2f), Classes);
        AuditOptions options = Options with { Explanation = new ExplanationOptions { Rows = 10, Method = method, Samples = 8 }, BackgroundRows = 20 };
        ExplanationReport evidence = new ComputeFindings(inputs, options, PolicyPack.Default, TimeProvider.System).Run(1, new Silent(), default).Explanation!;

        foreach (int row in (int[])[0, 7])
        {
            ExplanationReport now = Explain(inputs, options, row, CaseReference.Population);

            ExplainedRow found = evidence.Rows.Single(each => each.Row == row);
            Assert.Equal(found.Values[0], now.Rows[0].Values[0]);
            Assert.Equal(found.Prediction, now.Rows[0].Prediction);
            Assert.Equal(evidence.BaseValue, now.BaseValue);
            Assert.Equal(evidence.Background, now.Background);
        }

        Assert.Equal(10, evidence.Rows.Count);
        ExplanationReport beyond = Explain(inputs, options, 44, CaseReference.Population);
        Assert.Equal(beyond.Rows[0].Prediction[0] - beyond.BaseValue[0], beyond.Rows[0].Values[0].Sum(), 1e-5);
    }

    // A sum gives each feature its distance from the mean of the reference rows.
    [Fact]
    public void Against_the_own_group_a_sum_gives_each_feature_its_distance_from_the_groups_mean()
    {
        AuditInputs inputs = Inputs(Sum, Value);
        Table table = inputs.Evaluation.Table;

        ExplanationReport now = Explain(inputs, Options with { BackgroundRows = Rows }, 5, new CaseReference(CaseReferenceKind.OwnGroup, "group"));

        int[] own = [.. Enumerable.Range(0, Rows).Where(row => table.Need("group").Text(row) == table.Need("group").Text(5))];
        string[] names = ["a", "b", "c"];
        Assert.All(names.Select((name, at) => (name, at)), feature => Assert.Equal(
            table.Need(feature.name).Number(5) - own.Average(row => table.Need(feature.name).Number(row)), now.Rows[0].Values[0][feature.at], 1e-5));
    }

    [Fact]
    public void Against_approved_cases_the_average_is_that_of_the_rows_decided_in_favour()
    {
        AuditInputs inputs = Inputs(GivenModel.Logistic([1.5f, -2f, 0.5f], 0.2f), Classes);
        ScoredTable scored = Score(inputs, Options);
        Column said = scored.Table.Need(scored.Prediction);
        int[] approved = [.. Enumerable.Range(0, Rows).Where(row => said.Text(row) == "no").Take(15)];

        ExplanationReport now = Explain(inputs, Options with { BackgroundRows = 15 }, 5, CaseReference.Approved);

        Assert.Equal(approved.Length, now.Background.Rows);
        Assert.Equal(approved.Average(row => scored.Table.Need(scored.Scores[0]).Number(row)), now.BaseValue[0], 1e-6);
    }

    [Fact]
    public void What_cannot_be_explained_so_is_a_sentence()
    {
        AuditInputs values = Inputs(Sum, Value);

        Assert.Contains("which outcome a person wants", Assert.Throws<InputException>(() => Explain(values, Options, 5, CaseReference.Approved)).Message, StringComparison.Ordinal);
        Assert.Contains("no row 60", Assert.Throws<InputException>(() => Explain(values, Options, Rows, CaseReference.Population)).Message, StringComparison.Ordinal);
        Assert.Contains("no column 'team'", Assert.Throws<InputException>(() => Explain(values, Options, 5, new CaseReference(CaseReferenceKind.OwnGroup, "team"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approved")]
    [InlineData("own:group")]
    [InlineData("population")]
    public void A_reference_stands_in_an_address(string text) => Assert.Equal(text, CaseReference.Parse(text).Text);

    private static readonly AuditOptions Options = new()
    {
        Name = "given", Evaluation = "given", Background = "given", BackgroundRows = 20, Explanation = new ExplanationOptions { Rows = 0, Method = "exact" }, Seed = 3,
    };

    private const string Classes = """
        {"name": "prob", "role": "probability", "classes": ["no", "yes"]}], "label": {"column": "label", "positive": "yes", "favourable": "no"
        """;

    private const string Value = """{"name": "value", "role": "value"}], "label": {"column": "label" """;

    private static byte[] Sum => new GivenModel()
        .Input("x", TensorProto.Types.DataType.Float, null, 3)
        .Weights("w", [3, 1], (float[])[1, 1, 1])
        .Node("MatMul", ["x", "w"], ["value"])
        .Output("value", TensorProto.Types.DataType.Float, null, 1)
        .Build();

    private static ExplanationReport Explain(AuditInputs inputs, AuditOptions options, int row, CaseReference reference) =>
        ExplainCase.Run(inputs, options, Score(inputs, options), row, reference, null, TimeProvider.System, default);

    private static ScoredTable Score(AuditInputs inputs, AuditOptions options)
    {
        ModelEncoding encoding = ModelEncoding.Read(inputs.Encoding!);
        using OnnxPredictor predictor = OnnxPredictor.Load(inputs.Model, new PredictorOptions { Provider = "cpu" }, default);
        return ScoredTable.Make(
            predictor, RowEncoder.For(predictor.Signature, encoding, inputs.Evaluation.Table), encoding, inputs.Evaluation, options, new AuditShards(null), () => { }, default);
    }

    private static AuditInputs Inputs(byte[] model, string output)
    {
        Random random = new(5);
        Table table = new(
        [
            .. ((string[])["a", "b", "c"]).Select(name => new NumberColumn(name, [.. Enumerable.Range(0, Rows).Select(_ => (double)(float)Math.Round(random.NextDouble(), 2))])),
            TextColumn.Of("group", [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "A" : "B")]),
            TextColumn.Of("label", [.. Enumerable.Range(0, Rows).Select(row => output == Value ? "1" : row % 2 == 0 ? "yes" : "no")]),
        ]);
        AuditTable data = new("given", "", table, "label", null, null);
        string features = string.Join(", ", ((string[])["a", "b", "c"]).Select(name => $$"""{"name": "{{name}}", "column": "{{name}}", "kind": "numeric", "missing": "error"}"""));
        return new AuditInputs
        {
            Subject = new AuditSubject("given", 1, "", "", null), Model = model, Evaluation = data, Background = data,
            Encoding = System.Text.Encoding.UTF8.GetBytes($$$"""{"inputs": [{"name": "x", "shape": ["N", 3], "features": [{{{features}}}]}], "outputs": [{{{output}}} }}"""),
        };
    }

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
