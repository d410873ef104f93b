using Governance.Portal.Features.Performance;

namespace Governance.Portal.Tests.Performance;

public sealed class SliderPlaceTests
{
    // A page renders an attribute only where it differs from what it rendered before.
    [Fact]
    public void Put_to_the_same_place_it_is_rendered_again()
    {
        SliderPlace place = new();
        place.Put(0.5);
        double first = place.Value;

        place.Put(0.5);

        Assert.Equal(0.5, first);
        Assert.NotEqual(first, place.Value);
        Assert.Equal(0.5, place.Value, 1e-12);
    }
}
