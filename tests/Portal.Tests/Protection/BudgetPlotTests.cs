using Governance.Portal.Components.Plots;
using Governance.Portal.Features.Protection;
using Governance.Registry.Protection;

namespace Governance.Portal.Tests.Protection;

public sealed class BudgetPlotTests
{
    [Fact]
    public void What_was_spent_thirty_days_ago_is_free_again()
    {
        DateOnly today = new(2026, 11, 21);
        BudgetHolder model = new(BudgetHolderKind.Model, Guid.Empty);
        BudgetHolder person = new(BudgetHolderKind.Principal, Guid.Empty);

        PlotDrawing drawing = BudgetPlot.Draw(
            [new DayUse(model, today.AddDays(-30), 500), new DayUse(model, today.AddDays(-1), 120), new DayUse(model, today, 80), new DayUse(person, today, 80)], today, 2_000);

        Assert.Equal("1,800 of 2,000 units of 30 days are left", drawing.Title);
        Assert.Equal(30, drawing.Table.Rows.Count);
        Assert.Equal(["2026-11-20", "120", "1,380"], drawing.Table.Rows[28]);
        Assert.Equal(["2026-11-21", "80", "1,800"], drawing.Table.Rows[29]);
    }
}
