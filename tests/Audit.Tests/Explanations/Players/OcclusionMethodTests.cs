using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations.Players;

public sealed class OcclusionMethodTests
{
    [Fact]
    public void Each_player_alone_gets_how_far_the_output_falls_without_it()
    {
        ExplainRequest request = Request(4);
        ExplanationReport report = ExplainRows.Run(request, null, TimeProvider.System, default);

        for (int row = 0; row < 2; row++)
        {
            double[] full = Given.Bent(request.Rows.Slice(row, 1));
            for (int player = 0; player < 4; player++)
            {
                double[] hidden = Hidden(request, row, [player]);
                Assert.Equal(full[0] - hidden[0], report.Rows[row].Values[0][player], 1e-12);
                Assert.Equal(full[1] - hidden[1], report.Rows[row].Values[1][player], 1e-12);
            }
        }

        Assert.Equal(2 * 5, report.Evaluations);
        Assert.All(report.Rows, row => Assert.All(row.AdditivityResidual, residual => Assert.True(double.IsNaN(residual))));
        Assert.Contains(report.Notes, note => note.Code == "occlusion");
    }

    [Fact]
    public void A_player_under_several_windows_gets_their_mean()
    {
        ExplainRequest request = Request(4) with { Windows = [[0, 1], [1, 2], [2, 3]] };
        ExplanationReport report = ExplainRows.Run(request, null, TimeProvider.System, default);

        double full = Given.Bent(request.Rows.Slice(0, 1))[0];
        double[] falls = [.. request.Windows!.Select(window => full - Hidden(request, 0, [.. window])[0])];
        Assert.Equal(falls[0], report.Rows[0].Values[0][0], 1e-12);
        Assert.Equal((falls[0] + falls[1]) / 2, report.Rows[0].Values[0][1], 1e-12);
        Assert.Equal((falls[1] + falls[2]) / 2, report.Rows[0].Values[0][2], 1e-12);
        Assert.Equal(falls[2], report.Rows[0].Values[0][3], 1e-12);
    }

    [Fact]
    public void Interactions_are_refused()
    {
        InputException refusal = Assert.Throws<InputException>(() => ExplainRows.Run(Request(4) with { Interactions = true }, null, TimeProvider.System, default));

        Assert.Contains("gives no interactions", refusal.Message, StringComparison.Ordinal);
    }

    // The mean output over the background rows put in at these places.
    private static double[] Hidden(ExplainRequest request, int row, int[] places)
    {
        double[] sum = new double[2];
        for (int other = 0; other < request.Background.Rows; other++)
        {
            InputBatch masked = request.Rows.Slice(row, 1);
            foreach (int place in places)
            {
                Array.Copy(request.Background.Tensors[0].Values, (other * 4) + place, masked.Tensors[0].Values, place, 1);
            }

            double[] output = Given.Bent(masked);
            sum[0] += output[0] / request.Background.Rows;
            sum[1] += output[1] / request.Background.Rows;
        }

        return sum;
    }

    private static ExplainRequest Request(int players)
    {
        InputBatch rows = Given.RandomRows(2, players, 4);
        return new ExplainRequest
        {
            Model = (batch, _) => Given.Bent(batch),
            Outputs = 2,
            Output = "y",
            Rows = rows,
            Background = Given.RandomRows(7, players, 5),
            Players = Player.OfElements(rows, null),
            Method = "occlusion",
        };
    }
}
