using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Runs;

namespace Governance.Audit.Tests.Explanations;

public sealed class ExplainRowsTests
{
    [Theory]
    [InlineData("exact")]
    [InlineData("kernel")]
    public void Threads_do_not_change_a_byte(string method)
    {
        ExplainRequest request = Request(10) with { Method = method, Samples = 200, Seed = 3 };

        string one = Json(request with { Threads = 1 });

        Assert.Equal(one, Json(request with { Threads = 2 }));
        Assert.Equal(one, Json(request with { Threads = 7 }));
    }

    [Fact]
    public void A_row_is_explained_alike_alone_and_among_others()
    {
        ExplainRequest request = Request(10) with { Method = "kernel", Samples = 100, Seed = 3 };
        ExplanationReport all = Run(request);

        ExplanationReport alone = Run(request with { Rows = request.Rows.Slice(2, 1), RowIndices = [2] });

        Assert.Equal(all.Rows[2].Values[0], alone.Rows[0].Values[0]);
        Assert.Equal(2, alone.Rows[0].Row);
    }

    [Fact]
    public void Values_add_up_to_the_prediction()
    {
        ExplanationReport report = Run(Request(6) with { Method = "exact" });

        foreach (ExplainedRow row in report.Rows)
        {
            for (int output = 0; output < 2; output++)
            {
                Assert.Equal(row.Prediction[output], report.BaseValue[output] + row.Values[output].Sum(), 1e-12);
                Assert.Equal(0, row.AdditivityResidual[output], 1e-12);
            }

            Assert.Null(row.StandardErrors);
            Assert.Null(row.Interval);
        }

        Assert.Equal(5 * 64, report.Evaluations);
    }

    // A linear model in closed form: w_i (x_i - mean of background_i).
    [Theory]
    [InlineData("exact", 8)]
    [InlineData("kernel", 8)]
    [InlineData("kernel", 30)]
    public void A_linear_model_gets_its_closed_form(string method, int width)
    {
        ExplainRequest request = Request(width) with
        {
            Method = method,
            Samples = 200,
            Outputs = 1,
            Model = (rows, _) => [.. ((float[])rows.Tensors[0].Values).Chunk(width).Select(x => x.Select((v, i) => (i + 1) * (double)v).Sum())],
        };

        ExplanationReport report = Run(request);

        float[] background = (float[])request.Background.Tensors[0].Values;
        float[] rows = (float[])request.Rows.Tensors[0].Values;
        for (int row = 0; row < 5; row++)
        {
            for (int i = 0; i < width; i++)
            {
                double mean = Enumerable.Range(0, 8).Average(b => (double)background[(b * width) + i]);
                Assert.Equal((i + 1) * (rows[(row * width) + i] - mean), report.Rows[row].Values[0][i], 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(12, "exact")]
    [InlineData(13, "kernel")]
    public void Evidence_enumerates_up_to_12_players_whatever_the_machine_and_says_why(int players, string method)
    {
        ExplanationReport report = Run(Request(players) with { Deterministic = true, Samples = 40 });

        Assert.Equal(method, report.Method);
        Assert.Contains(players.ToString(), report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_enumerates_more_players_where_the_estimate_is_short()
    {
        ExplanationReport report = Run(Request(13) with { Rows = Given.RandomRows(1, 13, 21) });

        Assert.Equal("exact", report.Method);
        Assert.Contains("estimate", report.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exact", 21, null, "at most 20")]
    [InlineData("kernel", 13, 27, "at least 28")]
    [InlineData("saliency", 5, null, "does not fit: only the model's outputs are known here")]
    [InlineData("magic", 5, null, "no method 'magic'")]
    public void Refuses_in_words_what_it_cannot_do(string method, int players, int? samples, string words)
    {
        InputException refusal = Assert.Throws<InputException>(() => Run(Request(players) with { Method = method, Samples = samples }));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_covers_all_coalitions_has_no_errors()
    {
        ExplanationReport exact = Run(Request(6) with { Method = "exact" });
        ExplanationReport kernel = Run(Request(6) with { Method = "kernel" });

        Assert.Null(kernel.Rows[0].StandardErrors);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(exact.Rows[1].Values[1][i], kernel.Rows[1].Values[1][i], 1e-13);
        }

        Assert.Equal(exact.Evaluations, kernel.Evaluations);
    }

    [Fact]
    public void The_predicted_class_is_each_rows_own()
    {
        ExplainRequest request = Request(6) with { Method = "exact" };
        ExplanationReport all = Run(request);

        ExplanationReport predicted = Run(request with { PredictedClassOnly = true });

        for (int row = 0; row < 5; row++)
        {
            int largest = all.Rows[row].Prediction[1] > all.Rows[row].Prediction[0] ? 1 : 0;
            Assert.Equal(largest, predicted.Rows[row].ClassIndex ?? predicted.ClassIndex);
            Assert.Equal(all.Rows[row].Values[largest], predicted.Rows[row].Values.Single());
        }
    }

    [Fact]
    public void The_json_of_one_class_holds_numbers_and_of_several_arrays_by_class()
    {
        ExplainRequest request = Request(6) with { Method = "kernel", Samples = 40 };
        JsonElement several = Parse(Run(request));
        JsonElement one = Parse(Run(request with { Outputs = 1, ClassIndex = 1, Model = (rows, _) => [.. Given.Bent(rows).Where((_, i) => i % 2 == 1)] }));

        Assert.Equal(2, several.GetProperty("baseValue").GetArrayLength());
        Assert.Equal(6, several.GetProperty("rows")[0].GetProperty("values")[1].GetArrayLength());
        Assert.Equal(2, several.GetProperty("rows")[0].GetProperty("interval")[1][5].GetArrayLength());
        Assert.Equal(JsonValueKind.Null, several.GetProperty("classIndex").ValueKind);
        Assert.Equal(JsonValueKind.Number, one.GetProperty("baseValue").ValueKind);
        Assert.Equal(JsonValueKind.Number, one.GetProperty("rows")[0].GetProperty("prediction").ValueKind);
        Assert.Equal(6, one.GetProperty("rows")[0].GetProperty("values").GetArrayLength());
        Assert.Equal(6, one.GetProperty("rows")[0].GetProperty("standardErrors").GetArrayLength());
        Assert.Equal(2, one.GetProperty("rows")[0].GetProperty("interval")[0].GetArrayLength());
        Assert.Equal(1, one.GetProperty("classIndex").GetInt32());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("rows")[0].GetProperty("interactions").ValueKind);
    }

    [Fact]
    public void A_report_reads_back_as_it_was_written()
    {
        foreach (ExplainRequest request in (ExplainRequest[])[
            Request(6) with { Method = "kernel", Samples = 40 },
            Request(6) with { Method = "exact", PredictedClassOnly = true, Classes = ["a", "b"] }])
        {
            string json = Json(request);

            ExplanationReport read = JsonSerializer.Deserialize<ExplanationReport>(json, ReportJson.Options)!;

            Assert.Equal(json, JsonSerializer.Serialize(read, ReportJson.Options));
        }
    }

    [Fact]
    public void Progress_ends_at_one_and_cancelling_ends_the_run()
    {
        List<double> told = [];
        ExplainRows.Run(Request(4), new Told(told), TimeProvider.System, CancellationToken.None);
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.Equal(1, told[^1]);
        Assert.ThrowsAny<OperationCanceledException>(() => ExplainRows.Run(Request(4), null, TimeProvider.System, stop.Token));
    }

    [Fact]
    public void Another_background_has_another_digest()
    {
        ExplainRequest request = Request(4);

        string digest = Run(request).Background.Sha256;

        Assert.Matches("^[0-9a-f]{64}$", digest);
        Assert.NotEqual(digest, Run(request with { BackgroundWeights = [1, 1, 1, 1, 1, 1, 1, 2] }).Background.Sha256);
        Assert.NotEqual(digest, Run(request with { Background = request.Background.Slice(0, 7) }).Background.Sha256);
    }

    private static ExplainRequest Request(int width) => new()
    {
        Model = (rows, _) => Given.Bent(rows),
        Outputs = 2,
        Output = "y",
        Rows = Given.RandomRows(5, width, 21),
        Background = Given.RandomRows(8, width, 22),
        Players = Player.OfElements(Given.RandomRows(1, width, 1), null),
    };

    private static ExplanationReport Run(ExplainRequest request) =>
        ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None);

    private static string Json(ExplainRequest request) =>
        JsonSerializer.Serialize(Run(request) with { Seconds = null, Estimate = null }, ReportJson.Options);

    private static JsonElement Parse(ExplanationReport report) => JsonSerializer.SerializeToElement(report, ReportJson.Options);

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
