namespace Governance.Portal.Tests.Monitoring;

/// <summary>Tests that run while no other of this assembly does, because they hold a page to its time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedTests : ICollectionFixture<SamplePortal>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Timed";
}
