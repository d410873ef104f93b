using Governance.Portal.Features.Schedules;

namespace Governance.Portal.Tests.Schedules;

public sealed class CronWordsTests
{
    [Theory]
    [InlineData("0 0 6 * * ?", "every day at 06:00")]
    [InlineData("0 30 17 ? * MON-FRI", "Monday to Friday at 17:30")]
    [InlineData("0 0 6 ? * MON", "every Monday at 06:00")]
    [InlineData("0 0 6 ? * 1", "every Sunday at 06:00")] // Quartz counts from Sunday
    [InlineData("0 0 6 ? * tue,thu", "every Tuesday and Thursday at 06:00")]
    [InlineData("0 0 6 1 * ?", "on day 1 of every month at 06:00")]
    [InlineData("0 0 6 1,15 * ?", "on days 1 and 15 of every month at 06:00")]
    [InlineData("0 0 6 L * ?", "on the last day of every month at 06:00")]
    [InlineData("0 5 0 1 1,4,7,10 ?", "on day 1 of January, April, July and October at 00:05")]
    [InlineData("0 1 * * * ?", "every hour at 1 minute past")]
    public void A_usual_expression_is_said_in_words(string cron, string words) => Assert.Equal(words, CronWords.Of(cron));

    [Theory]
    [InlineData("0 0/5 * * * ?")]
    [InlineData("30 0 6 * * ?")]
    [InlineData("0 0 6 ? * MON#1")]
    [InlineData("0 0 25 * * ?")]
    [InlineData("nothing")]
    public void Any_other_stays_as_it_is_written(string cron) => Assert.Equal($"by the cron expression {cron}", CronWords.Of(cron));
}
