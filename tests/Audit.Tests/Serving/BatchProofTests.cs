using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Serving;
using Governance.Audit.Tests.Inference;

namespace Governance.Audit.Tests.Serving;

public sealed class BatchProofTests
{
    private static readonly InputBatch Probes = GivenServing.Rows(1, [.. Enumerable.Range(0, BatchProof.ProbeRows).Select(at => at / 7f)]);

    [Fact]
    public void A_model_of_independent_rows_may_be_run_in_every_size()
    {
        BatchForm form = Find(batch => GivenServing.First(batch).Select(x => Math.Sin(x)));

        Assert.Equal((1, 256), (form.Least, form.Most));
        Assert.Equal([1, 2, 3, 4, .. BatchProof.Larger], form.Sizes);
    }

    [Fact]
    public void A_runtime_that_sums_a_single_row_otherwise_is_given_it_twice()
    {
        BatchForm form = Find(batch => GivenServing.First(batch).Select(x => batch.Rows == 1 ? Math.BitIncrement((double)x) : x));

        Assert.Equal((2, 256), (form.Least, form.Most));
        Assert.Equal(2, form.SizeFor(1));
    }

    [Fact]
    public void A_size_at_which_the_bytes_change_ends_the_list()
    {
        BatchForm form = Find(batch => GivenServing.First(batch).Select(x => batch.Rows >= 24 ? Math.BitIncrement((double)x) : x));

        Assert.Equal([1, 2, 3, 4, 6, 8, 12, 16], form.Sizes);
    }

    [Fact]
    public void A_scale_over_the_whole_batch_means_every_row_alone() =>
        Assert.Equal(BatchForm.Alone, Find(batch => GivenServing.First(batch).Select(x => (double)x / GivenServing.First(batch).Max())));

    [Fact]
    public void A_place_that_counts_means_every_row_alone() =>
        Assert.Equal(BatchForm.Alone, Find(batch => GivenServing.First(batch).Select((x, place) => place == 0 ? x : x + 1e-9)));

    [Fact]
    public void Chance_means_every_row_alone()
    {
        Random random = new(3);

        Assert.Equal(BatchForm.Alone, Find(batch => GivenServing.First(batch).Select(_ => random.NextDouble())));
    }

    [Fact]
    public void A_model_of_one_row_at_a_time_is_run_so() =>
        Assert.Equal(BatchForm.Alone, Find(batch => batch.Rows == 1 ? GivenServing.First(batch).Select(x => (double)x) : throw new InputException("One row, please.")));

    [SkippableTheory]
    [InlineData("digits_cnn")]
    [InlineData("digits_lstm")]
    [InlineData("digits_transformer")]
    [InlineData("tokens_transformer")]
    [InlineData("hmda_gbt")]
    [InlineData("german_credit_mlp")]
    [InlineData("german_credit_pipeline")]
    public void Rows_of_real_models_keep_their_bytes_in_every_company_that_is_allowed(string name)
    {
        ReferenceModel model = new(name);
        using OnnxPredictor predictor = OnnxPredictor.Load(model.File, new PredictorOptions { Provider = "cpu" }, default);
        InputBatch all = model.Encode();
        BatchForm form = BatchProof.Find(batch => predictor.PredictAtOnce(batch, default), all, TimeSpan.FromSeconds(30), TimeProvider.System, default);
        Random random = new(5);
        Dictionary<int, Prediction> alone = [];
        for (int trial = 0; trial < 6; trial++)
        {
            int count = random.Next(1, Math.Min(form.Most, 64) + 1);
            (InputBatch, int Row)[] rows = [.. Enumerable.Range(0, count).Select(_ => (all, random.Next(all.Rows)))];
            Prediction together = predictor.PredictAtOnce(InputBatch.Gather(rows, form.SizeFor(count)), default);
            for (int at = 0; at < count; at++)
            {
                if (!alone.TryGetValue(rows[at].Row, out Prediction? own))
                {
                    alone[rows[at].Row] = own = predictor.PredictAtOnce(InputBatch.Gather([rows[at]], form.SizeFor(1)), default).Row(0);
                }

                Assert.True(own.SameBytes(together.Row(at)), $"{name}: row {rows[at].Row} at place {at} of {count}");
            }
        }

        Assert.True(form.Most >= 8, $"{name}: {form.Least}, {string.Join(" ", form.Sizes)}");
    }

    private static BatchForm Find(Func<InputBatch, IEnumerable<double>> run) =>
        BatchProof.Find(batch => GivenServing.Numbers(run(batch)), Probes, TimeSpan.FromSeconds(30), TimeProvider.System, default);
}
