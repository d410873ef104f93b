using System.Text.Json;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Runs;
using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Tests.Theft.Attacks;

public sealed class RunRedTeamTests
{
    [Fact]
    public void Gives_the_same_bytes_for_one_thread_and_two()
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_gbt");
        RedTeamRequest request = victim.Request with { Attacks = ["equation", "own-data-explained", "counterfactuals", "membership"], MostQueries = 30 };

        byte[] one = JsonSerializer.SerializeToUtf8Bytes(RunRedTeam.Run(request, null, TimeProvider.System, default), ReportJson.Options);
        byte[] two = JsonSerializer.SerializeToUtf8Bytes(RunRedTeam.Run(request with { Threads = 2 }, null, TimeProvider.System, default), ReportJson.Options);

        Assert.Equal(one, two);
    }

    // The security brief: alarm within 10 questions. Afterwards decisions alone are left.
    [Fact]
    public void Rows_out_of_nowhere_raise_an_alarm_within_ten_questions()
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_gbt");

        RedTeamReport report = RunRedTeam.Run(
            victim.Request with { Attacks = ["uniform", "own-data"], MostQueries = 520 }, null, TimeProvider.System, default);

        AttackResult uniform = GivenVictim.One(report, "uniform", "consumer");
        Assert.InRange(uniform.AlarmAt!.Value, 1, 10);
        Assert.Equal(500, uniform.Units);
        Assert.Equal("lifetime", uniform.RefusedBy);
        Assert.Null(GivenVictim.One(report, "uniform", "off").AlarmAt);

        // The documented miss: rows of the thief's own look honest, and only the budget ends them.
        Assert.Null(GivenVictim.One(report, "own-data", "consumer").AlarmAt);
        Assert.Contains(report.Metrics, metric => metric.Name == "theft.queries_to_alarm.consumer.uniform" && metric.B == uniform.AlarmAt);
        Assert.Contains(report.Metrics, metric => metric.Name == "theft.queries_to_alarm.consumer.own-data" && metric.B is null);
    }

    [Fact]
    public void A_day_has_two_hundred_units_and_a_life_five_hundred()
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_gbt");
        RedTeamRequest request = victim.Request with { Attacks = ["own-data"], MostQueries = 120 };

        AttackResult day = GivenVictim.One(RunRedTeam.Run(request with { Days = 1 }, null, TimeProvider.System, default), "own-data", "consumer");

        Assert.Equal((100, 200, 1, "day"), (day.Queries, day.Units, day.Days, day.RefusedBy));
    }

    [Fact]
    public void Protection_is_told_beside_none_with_the_interval_of_the_difference()
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_logreg");

        RedTeamReport report = victim.Run([Audience.Consumer], "equation");

        RedTeamMetric metric = report.Metrics.Single(one => one.Name == "theft.fidelity.consumer");
        Assert.Equal((1.0, "equation", "b-better"), (metric.A, metric.Attack, metric.Verdict));
        Assert.Equal(metric.B - metric.A, metric.Difference);
        Assert.True(metric.Interval![1] < 0);
        Assert.InRange(metric.B!.Value, metric.BInterval![0], metric.BInterval[1]);
        Assert.StartsWith("Within 30 days a consumer can build a copy that decides", RedTeamWords.Finding(report), StringComparison.Ordinal);
        Assert.StartsWith("A copy that always says the same already decides 9", RedTeamWords.Baseline(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_refused_in_a_sentence()
    {
        string samples = Path.Combine(Governance.Tests.Reference.Repository, "samples");
        byte[] file = File.ReadAllBytes(Path.Combine(samples, "models", "digits_cnn", "model.onnx"));
        using OnnxPredictor predictor = OnnxPredictor.Load(file, new PredictorOptions(), default);
        using FileStream data = File.OpenRead(Path.Combine(samples, "digits", "test.csv"));
        Table table = TableFile.Read(data, default);
        ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(samples, "models", "digits_cnn", "manifest.json")));
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, table);

        InputException refusal = Assert.Throws<InputException>(() => Victim.Of(
            predictor, encoder, new DecisionRule(predictor.Signature, encoding), table, default));

        Assert.StartsWith("The red team attacks models of rows of cells", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1_000, "There is no attack 'bribery'", "bribery")]
    [InlineData(30, 5, "--queries takes 10 to 100,000 questions.")]
    [InlineData(4_000, 1_000, "--days takes 1 to 3,650 days.")]
    public void Refuses_what_makes_no_sense(int days, int queries, string sentence, params string[] attacks)
    {
        using GivenVictim victim = GivenVictim.Hmda("hmda_logreg");

        InputException refusal = Assert.Throws<InputException>(() => RunRedTeam.Run(
            victim.Request with { Days = Math.Max(1, days), MostQueries = queries, Attacks = attacks }, null, TimeProvider.System, default));

        Assert.StartsWith(sentence, refusal.Message, StringComparison.Ordinal);
    }
}
