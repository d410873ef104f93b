using Governance.Portal.Features.Audits;

namespace Governance.Portal.Tests.Schedules;

public sealed class CalendarMonthTests
{
    [Theory]
    [InlineData(2026, 3, 6, 6)] // begins on a Sunday
    [InlineData(2027, 2, 0, 4)] // four whole weeks
    [InlineData(2028, 2, 1, 5)] // a leap year
    public void A_month_is_laid_out_in_weeks_from_Monday_on(int year, int month, int before, int weeks)
    {
        CalendarMonth laid = CalendarMonth.Of(new DateOnly(year, month, 1), [], []);

        Assert.Equal(weeks, laid.Weeks.Count);
        Assert.All(laid.Weeks, week => Assert.Equal(7, week.Count));
        Assert.Equal(before, laid.Weeks[0].TakeWhile(day => day is null).Count());
        CalendarDay[] days = [.. laid.Weeks.SelectMany(week => week).OfType<CalendarDay>()];
        Assert.Equal(DateTime.DaysInMonth(year, month), days.Length);
        Assert.Equal(Enumerable.Range(1, days.Length), days.Select(day => day.Date.Day));
        Assert.Equal(TimeSpan.FromDays(days.Length), laid.To - laid.From);
    }
}
